import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { imageRecords, robotRecord, soundFile } from './records.ts';
import { makeFolder, runCli } from './runCli.ts';

/** A stream whose every write fails as the system says. */
function failingStream(code: string): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`write ${code}`), { code, syscall: 'write' }));
    },
  });
}

describe('standard input', () => {
  it('is read in chunks of any size and named <stdin>', async () => {
    const stdin = [...Buffer.from(soundFile)].map((byte) => Uint8Array.of(byte));
    const { status, stdout } = await runCli(['check', '-'], { stdin });
    assert.equal(status, 0);
    assert.match(stdout, /^<stdin>\n10 records, /);
  });

  it('may stand among files', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile });
    const { stdout } = await runCli(['check', 'a.jsonl', '-'], { cwd, stdin: [soundFile] });
    assert.match(stdout, /^2 files: 20 records/m);
  });
});

describe('standard output', () => {
  it('may be closed by its reader, without a word', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': robotRecord, 'b.jsonl': soundFile });
    const result = await runCli(['check', 'a.jsonl', 'b.jsonl'], {
      cwd,
      stdout: failingStream('EPIPE'),
    });
    assert.deepEqual([result.status, result.stderr], [1, '']);
  });

  it('that is closed leaves the files after it unread', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile });
    const result = await runCli(['check', 'a.jsonl', 'gone.jsonl'], {
      cwd,
      stdout: failingStream('EPIPE'),
    });
    assert.deepEqual([result.status, result.stderr], [0, '']);
  });

  it('that takes no more ends the command with a line', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile });
    const result = await runCli(['check', 'a.jsonl'], { cwd, stdout: failingStream('ENOSPC') });
    assert.equal(result.status, 2);
    assert.equal(result.stderr, 'vision-finetune: cannot write: no space left\n');
  });

  it('is written as fast as it is read', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': imageRecords(5000, 'high') });
    let length = 0;
    let longest = 0;
    const stdout = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        length += chunk.length;
        longest = Math.max(longest, chunk.length);
        setImmediate(done);
      },
    });
    await runCli(['check', 'a.jsonl', '--max-problems', '0'], { cwd, stdout });
    assert.ok(length > 500_000);
    assert.ok(longest < 100_000, `${longest} bytes at once`);
    assert.equal(stdout.writableLength, 0);
  });
});

describe('a fault of the program', () => {
  const faulty = {
    isTerminal: { stdout: false, stderr: true },
    now: (): number => {
      throw new Error('no\nclock');
    },
  };

  it('is one line and status 2', async () => {
    const { status, stdout, stderr } = await runCli(['check', '-'], {
      ...faulty,
      stdin: [soundFile],
    });
    assert.deepEqual([status, stdout], [2, '']);
    assert.equal(stderr, 'vision-finetune: internal error: no\\u000aclock\n');
  });

  it('shows where it happened when VISION_FINETUNE_DEBUG is set', async () => {
    const { stderr } = await runCli(['check', '-'], {
      ...faulty,
      env: { VISION_FINETUNE_DEBUG: '1' },
    });
    assert.match(stderr, /^ {4}at .*process\.test\.ts/m);
  });
});

describe('the progress bar', () => {
  const terminal = { stdout: false, stderr: true };

  /** Each look at the clock is so many milliseconds after the one before. */
  function clock(stepMs: number): () => number {
    let now = 0;
    return () => (now += stepMs);
  }

  it('shows a share, records and name after a second, ten times a second, and is erased', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': 'x'.repeat(4 << 20) + '\n' });
    const { stderr } = await runCli(['check', 'a.jsonl'], {
      cwd,
      isTerminal: terminal,
      now: clock(400),
    });
    // The start is the first look; a chunk of 1 MB each of the others.
    assert.deepEqual(stderr.split('\r\u001b[K'), [
      '',
      '━━━━━━━━━━━━━━━━━───────  74%  a.jsonl',
      '━━━━━━━━━━━━━━━━━━━━━━━─  99%  a.jsonl',
      '━━━━━━━━━━━━━━━━━━━━━━━━ 100%  1 record  a.jsonl',
      '',
    ]);
  });

  it('shows bytes where there is no size, and fits into the terminal', async () => {
    const { stderr } = await runCli(['check', '-'], {
      stdin: [soundFile, soundFile, soundFile, soundFile],
      isTerminal: terminal,
      columns: 24,
      now: clock(500),
    });
    const drawn = stderr.split('\r\u001b[K').filter((text) => text !== '');
    assert.deepEqual(drawn, [
      '1.9 kB  20 records  <st',
      '2.8 kB  30 records  <st',
      '3.8 kB  40 records  <st',
    ]);
  });

  it('is not drawn more than ten times a second', async () => {
    const stdin = Array<string>(1000).fill('\n');
    const { stderr } = await runCli(['check', '-'], { stdin, isTerminal: terminal, now: clock(2) });
    assert.equal(stderr.split('\r\u001b[K').length, 13);
  });

  it('is not there for what takes less than a second', async () => {
    const stdin = Array<string>(400).fill('\n');
    const { stderr } = await runCli(['check', '-'], { stdin, isTerminal: terminal, now: clock(2) });
    assert.equal(stderr, '');
  });

  it('is not there without a terminal', async () => {
    const stdin = Array<string>(100).fill('\n');
    const { stderr } = await runCli(['check', '-'], { stdin, now: clock(500) });
    assert.equal(stderr, '');
  });

  it('is gone before a complaint and before the next file', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile });
    const { stderr } = await runCli(['check', 'a.jsonl', 'gone.jsonl', 'a.jsonl'], {
      cwd,
      isTerminal: terminal,
      now: clock(2000),
    });
    assert.match(
      stderr,
      /^\r\u001b\[K[^\r]+\r\u001b\[Kvision-finetune: gone\.jsonl: no such file\n\r/,
    );
    assert.ok(stderr.endsWith('\r\u001b[K'));
  });
});
