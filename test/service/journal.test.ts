import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Journal, type Submission } from '../../core/service/journal.ts';

const submission: Submission = {
  version: 1,
  id: 'a1',
  fingerprint: 'f1',
  state: 'prepared',
  createdAt: 1000,
  changedAt: 1000,
  endpoint: { provider: 'openai', surface: 'openai', base: 'https://api.openai.com/v1/' },
  training: { path: '/data/train.jsonl', byteLength: 10, sha256: 'ab', records: 10 },
  wishes: { model: 'gpt-4o-2024-08-06' },
};

describe('the journal of submissions', () => {
  let folder: string;
  let journal: Journal;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
    journal = new Journal(join(folder, 'submissions'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('is empty before anything was submitted', async () => {
    assert.deepEqual(await journal.list(), []);
    assert.equal(await journal.find('f1'), undefined);
  });

  it('keeps what was written last of each, the newest first', async () => {
    await journal.write(submission);
    await journal.write({ ...submission, id: 'b2', createdAt: 2000 });
    await journal.write({ ...submission, state: 'sent' });
    const states = (await journal.list()).map(({ id, state }) => `${id} ${state}`);
    assert.deepEqual(states, ['b2 prepared', 'a1 sent']);
    assert.equal((await journal.find('f1'))?.id, 'b2');
  });

  it('leaves no unfinished file behind, and none that others may read', async () => {
    await journal.write(submission);
    assert.deepEqual(await readdir(join(folder, 'submissions')), ['a1.submission.json']);
    const { mode } = await stat(join(folder, 'submissions', 'a1.submission.json'));
    if (process.platform !== 'win32') assert.equal(mode & 0o077, 0);
  });

  it('passes over files that are no submissions', async () => {
    await journal.write(submission);
    for (const [name, text] of [
      ['b.submission.json', '{"version":1'],
      ['c.submission.json', 'null'],
      ['d.submission.json', JSON.stringify({ ...submission, version: 2 })],
      ['e.submission.json', JSON.stringify({ ...submission, training: 'x' })],
      ['readme.txt', 'x'],
    ] as const) {
      await writeFile(join(folder, 'submissions', name), text);
    }
    assert.deepEqual(
      (await journal.list()).map(({ id }) => id),
      ['a1'],
    );
  });

  it('is locked for one at a time', async () => {
    const first = await journal.lock('f1');
    assert.ok(first);
    assert.equal(await journal.lock('f1'), undefined);
    assert.ok(await journal.lock('f2'));
    await first.release();
    const again = await journal.lock('f1');
    assert.ok(again);
    await again.release();
    await again.release();
  });

  it('is locked for one of many that come at once', async () => {
    const locks = await Promise.all(Array.from({ length: 20 }, async () => journal.lock('f1')));
    assert.equal(locks.filter((lock) => lock !== undefined).length, 1);
  });

  it('is freed of the lock of an earlier process with the same number', async (test) => {
    const lock = await journal.lock('f1');
    const path = join(folder, 'submissions', 'f1.lock');
    const held = JSON.parse(await readFile(path, 'utf8')) as { readonly start?: string };
    if (held.start === undefined) {
      test.skip('this system does not tell when one was started');
      return;
    }
    assert.equal(await journal.lock('f1'), undefined);
    await writeFile(path, JSON.stringify({ ...held, start: 'an earlier boot 1' }));
    assert.ok(await journal.lock('f1'));
    assert.ok(lock);
  });

  it('believes the lock of another machine, and names it', async () => {
    await journal.write(submission);
    const held = { pid: 4_194_304, host: 'elsewhere' };
    await writeFile(join(folder, 'submissions', 'f1.lock'), JSON.stringify(held));
    assert.equal(await journal.lock('f1'), undefined);
    const { pid, host, path } = await journal.holderOf('f1');
    assert.deepEqual([pid, host, basename(path)], [4_194_304, 'elsewhere', 'f1.lock']);
  });

  it('is freed of the lock of a process that was killed', async () => {
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { Journal } from ${JSON.stringify(new URL('../../core/service/journal.ts', import.meta.url).href)};
       await new Journal(${JSON.stringify(join(folder, 'submissions'))}).lock('f1');
       console.log('locked');
       setInterval(() => {}, 1000);`,
    ]);
    await once(holder.stdout, 'data');
    assert.equal(await journal.lock('f1'), undefined);
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    assert.ok(await journal.lock('f1'));
  });
});
