import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { makeFolder, runCli, type CliResult } from './runCli.ts';

const answer = '{"role":"assistant","content":"North."}';
const sound = `{"messages":[{"role":"user","content":"Which way?"},${answer}]}`;
const broken = `{"messages":[{"role":"user","content":"Which way?"},${answer},]}`;
const image = '{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}';
const costly = `{"messages":[{"role":"user","content":[${image}]},${answer}]}`;

describe('fix', () => {
  it('writes a repaired file and leaves the one it read as it was', async (test) => {
    const { folder, fix } = await start(test, { 'in.jsonl': `${sound}\r\n\n${broken}` });
    const { status, stdout, stderr } = await fix('in.jsonl', '-o', 'out.jsonl');
    assert.deepEqual(await contents(folder), {
      'in.jsonl': `${sound}\r\n\n${broken}`,
      'out.jsonl': `${sound}\r\n${sound}`,
    });
    assert.deepEqual([status, stderr], [1, '']);
    assert.match(stdout, /^in\.jsonl → out\.jsonl\n {2}1 {2}blank-line\n {2}1 {2}json-syntax\n/);
    assert.match(stdout, /^2 records, 0 images, \d+ bytes · 2 repairs · left: 1 error/m);
    assert.match(stdout, /\nWhat is left: vision-finetune check out\.jsonl\n$/);
  });

  it('has status 0 where no error is left', async (test) => {
    const lines = Array.from({ length: 10 }, (_, at) => broken.replace('Which', `${at}`));
    const { fix } = await start(test, { 'in.jsonl': lines.join('\n') });
    const { status, stdout } = await fix('in.jsonl', '-o', 'out.jsonl');
    assert.equal(status, 0);
    assert.match(stdout, /· 10 repairs · left: no problems\n$/);
  });

  it('writes a file in which nothing was to repair too, byte by byte', async (test) => {
    const bytes = Buffer.from(`\ufeff${sound} \r\n${sound}\xff`, 'latin1');
    const { folder, fix } = await start(test, { 'in.jsonl': bytes });
    const { stdout } = await fix('in.jsonl', '--output', 'out.jsonl');
    assert.deepEqual(await readFile(join(folder, 'out.jsonl')), bytes);
    assert.match(stdout, /· nothing to repair · left: /);
  });

  it('takes the place of a file that stands under the name, behind a link', async (test) => {
    const { folder, fix } = await start(test, { 'in.jsonl': broken, 'old/out.jsonl': 'old' });
    await symlink(join('old', 'out.jsonl'), join(folder, 'link.jsonl'));
    await fix('in.jsonl', '-o', 'link.jsonl');
    assert.equal(await readFile(join(folder, 'old/out.jsonl'), 'utf8'), sound);
    assert.deepEqual(await readdir(folder), ['in.jsonl', 'link.jsonl', 'old']);
  });

  it('keeps the permissions of the file', { skip: process.platform === 'win32' }, async (test) => {
    const { folder, fix } = await start(test, {});
    await writeFile(join(folder, 'in.jsonl'), broken, { mode: 0o600 });
    await fix('in.jsonl', '-o', 'out.jsonl');
    assert.equal((await stat(join(folder, 'out.jsonl'))).mode & 0o777, 0o600);
  });

  it('does the first fix of a rule that is named, and nothing else', async (test) => {
    const { folder, fix } = await start(test, { 'in.jsonl': `${costly}\n\n${broken}` });
    await fix('in.jsonl', '-o', 'out.jsonl', '--rule', 'image-detail-cost');
    const low = costly.replace('a.png"', 'a.png","detail":"low"');
    assert.equal((await contents(folder))['out.jsonl'], `${low}\n\n${broken}`);
    await fix('in.jsonl', '-o', 'out.jsonl', '--rule', 'blank-line', '--rule', 'json-syntax');
    assert.equal((await contents(folder))['out.jsonl'], `${costly}\n${sound}`);
  });

  it('removes copies of examples where that is asked for, and tells how many', async (test) => {
    const content = `${costly}\r\n${sound}\r\n${costly}\r\n${broken}\r\n${sound}`;
    const { folder, fix } = await start(test, { 'in.jsonl': content });
    await fix('in.jsonl', '-o', 'out.jsonl');
    const certain = content.replace(broken, sound);
    assert.equal((await contents(folder))['out.jsonl'], certain);
    const { stdout } = await fix('in.jsonl', '-o', 'out.jsonl', '--rule', 'duplicate-example');
    const left = `${costly}\r\n${sound}\r\n${broken}\r\n`;
    assert.equal((await contents(folder))['out.jsonl'], left);
    assert.match(
      stdout,
      /\n {2}2 {2}duplicate-example\n3 records, .* · 2 repairs · left: 2 errors/,
    );
    const rules = ['--rule', 'duplicate-example', '--rule', 'json-syntax'];
    const { stdout: listed } = await fix('in.jsonl', '--dry-run', ...rules);
    assert.equal(
      listed.split('\n').slice(1, 5).join('\n'),
      `  3  Remove this example  duplicate-example
  4  Remove this example  duplicate-example
  5  Remove this example  duplicate-example
  3  duplicate-example`,
    );
  });

  it('minds the profile, and rules that vision-finetune.json switches off', async (test) => {
    const { folder, fix } = await start(test, { 'in.jsonl': `\ufeff${broken}\n\n` });
    await fix('in.jsonl', '-o', 'out.jsonl', '--profile', 'openai');
    assert.equal((await contents(folder))['out.jsonl'], `${sound}\n`);
    const config = '{"severities":{"json-syntax":"off","blank-line":"off"}}';
    await writeFile(join(folder, 'vision-finetune.json'), config);
    await fix('in.jsonl', '-o', 'out.jsonl');
    assert.equal((await contents(folder))['out.jsonl'], `\ufeff${broken}\n\n`);
  });

  it('repairs a file named .json as one record', async (test) => {
    const record = {
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Ho' },
      ],
    };
    const formatted = JSON.stringify(record, undefined, 2);
    const { folder, fix } = await start(test, {
      'in.json': `\ufeff${formatted.replace(/\n\}$/, ',\n}\n')}`,
    });
    await fix('in.json', '-o', 'out.json');
    assert.equal((await contents(folder))['out.json'], `\ufeff${formatted}\n`);
  });
});

describe('fix --in-place', () => {
  it('writes the file itself and keeps what it was', async (test) => {
    const { folder, fix } = await start(test, { 'a.jsonl': broken });
    const { stdout } = await fix('a.jsonl', '--in-place');
    assert.deepEqual(await contents(folder), { 'a.jsonl': sound, 'a.jsonl.bak': broken });
    assert.match(stdout, /^a\.jsonl, kept as a\.jsonl\.bak\n/);
  });

  it('leaves a file alone in which nothing is to repair, without a backup', async (test) => {
    const { folder, fix } = await start(test, { 'a.jsonl': sound });
    const { stdout } = await fix('a.jsonl', '--in-place');
    assert.deepEqual(await contents(folder), { 'a.jsonl': sound });
    assert.match(stdout, /^a\.jsonl: left as it is\n/);
  });

  it('never takes the place of a backup', async (test) => {
    const files = { 'a.jsonl': broken, 'a.jsonl.bak': 'precious' };
    const { folder, fix } = await start(test, files);
    assert.deepEqual(
      await fix('a.jsonl', '--in-place'),
      refusal('a.jsonl.bak exists; move it away first, nothing is written'),
    );
    assert.deepEqual(await contents(folder), files);
  });
});

describe('fix --dry-run', () => {
  it('lists what would be done, and writes nothing', async (test) => {
    const files = { 'a.jsonl': `\n${sound}\n${broken}` };
    const { folder, fix } = await start(test, files);
    const { status, stdout } = await fix('a.jsonl', '--dry-run');
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^a\.jsonl: what would be done\n {2}1 {2}Remove the blank line {2}blank-line\n {2}3 {2}Repair the JSON: trailing comma {2}json-syntax\n {2}1 {2}blank-line\n/,
    );
    await fix('a.jsonl', '--dry-run', '-o', 'out.jsonl');
    assert.deepEqual(await contents(folder), files);
  });
});

describe('fix refuses, in one line and with status 2,', () => {
  const table: [what: string, args: string[], message: string][] = [
    ['a file that is not there', ['gone.jsonl', '-o', 'x'], 'gone.jsonl: no such file'],
    ['a folder', ['folder', '-o', 'x'], 'folder: is a directory'],
    ['an empty file', ['empty.jsonl', '-o', 'x'], 'empty.jsonl: is empty'],
    [
      'bytes that are no text',
      ['binary.jsonl', '-o', 'x'],
      'binary.jsonl: is no text in UTF-8, there is a NUL in it; nothing is written',
    ],
    [
      'a file in UTF-16',
      ['utf16.jsonl', '-o', 'x'],
      'utf16.jsonl: is UTF-16; expected text in UTF-8: save it in that encoding; nothing is written',
    ],
    [
      'to write the file that it reads',
      ['a.jsonl', '-o', './a.jsonl'],
      './a.jsonl is the file itself; --in-place writes it and keeps a backup',
    ],
    ['to write a folder', ['a.jsonl', '-o', 'folder'], 'folder: is a directory'],
    [
      'to write where there is no folder',
      ['a.jsonl', '-o', 'none/x'],
      'none/x: cannot be written: no such folder; a.jsonl is as it was',
    ],
    [
      'to write into a file',
      ['a.jsonl', '-o', 'empty.jsonl/x'],
      'empty.jsonl/x: cannot be written: no such folder; a.jsonl is as it was',
    ],
    ['no file', ['-o', 'x'], 'no file given; name the file to repair'],
    ['two files', ['a.jsonl', 'b.jsonl', '-o', 'x'], 'more than one file given; expected one'],
    ['a file without a name', ['', '-o', 'x'], 'the name of the file is empty'],
    ['standard input', ['-', '-o', 'x'], 'standard input (-) cannot be repaired; name a file'],
    ['standard output', ['a.jsonl', '-o', '-'], '--output is -; expected the name of a file'],
    [
      'nowhere to write',
      ['a.jsonl'],
      'nowhere to write; expected --output FILE, --in-place or --dry-run',
    ],
    [
      'two places to write',
      ['a.jsonl', '-o', 'x', '--in-place'],
      '--output and --in-place are given; expected one of them',
    ],
    ['an unknown option', ['a.jsonl', '--force'], "unknown option '--force'; see fix --help"],
  ];

  for (const [what, args, message] of table) {
    it(what, async (test) => {
      const files = {
        'a.jsonl': broken,
        'empty.jsonl': '',
        'binary.jsonl': 'GIF89a\0\0',
        'utf16.jsonl': Buffer.from(`\ufeff${broken}`, 'utf16le'),
        'folder/b': '',
      };
      const { folder, fix } = await start(test, files);
      assert.deepEqual(await fix(...args), refusal(message));
      const names = ['a.jsonl', 'binary.jsonl', 'empty.jsonl', 'folder', 'utf16.jsonl'];
      assert.deepEqual(await readdir(folder), names);
      assert.equal(await readFile(join(folder, 'a.jsonl'), 'utf8'), broken);
    });
  }

  it('a rule that there is not', async (test) => {
    const { fix } = await start(test, { 'a.jsonl': broken });
    const { status, stderr } = await fix('a.jsonl', '--dry-run', '--rule', 'json');
    assert.equal(status, 2);
    assert.match(stderr, /^vision-finetune: --rule is "json"; expected blank-line, .*\n$/);
  });

  it('a vision-finetune.json that is not JSON', async (test) => {
    const { fix } = await start(test, { 'a.jsonl': broken, 'vision-finetune.json': '{' });
    const { status, stderr } = await fix('a.jsonl', '--dry-run');
    assert.equal(status, 2);
    assert.match(stderr, /^vision-finetune: vision-finetune\.json: It is not JSON .*\n$/);
  });

  it(
    'a folder that it may not write in',
    { skip: process.getuid?.() === 0 || process.platform === 'win32' },
    async (test) => {
      const { folder, fix } = await start(test, { 'a.jsonl': broken });
      await mkdir(join(folder, 'closed'), { mode: 0o500 });
      const message = 'closed/x: cannot be written: permission denied; a.jsonl is as it was';
      assert.deepEqual(await fix('a.jsonl', '-o', 'closed/x'), refusal(message));
    },
  );

  it('to go on when it is interrupted', async (test) => {
    const files = { 'a.jsonl': broken };
    const { folder, fix } = await start(test, files, {
      onInterrupt: (handler) => {
        handler();
        return () => undefined;
      },
    });
    const message = 'interrupted; a.jsonl is as it was, nothing is written';
    assert.deepEqual(await fix('a.jsonl', '--in-place'), refusal(message));
    assert.deepEqual(await contents(folder), files);
  });
});

const main = join(import.meta.dirname, '..', '..', 'cli', 'main.ts');

describe('fix as a process', { skip: process.platform === 'win32' }, () => {
  it('leaves nothing behind when the disk is full', async (test) => {
    // A limit on the size of files does what a full disk does: a write fails in the middle.
    const content = `${broken}\n`.repeat(20_000);
    const { folder } = await start(test, { 'a.jsonl': content });
    const command = `ulimit -f 512; exec "$0" "$1" fix a.jsonl "$2" "$3"`;
    for (const target of [
      ['-o', 'out.jsonl'],
      ['--in-place', '--rule=json-syntax'],
    ]) {
      const args = ['-c', command, process.execPath, main, ...target];
      const child = spawn('sh', args, { cwd: folder });
      const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
      const name = target[0] === '-o' ? 'out.jsonl' : 'a.jsonl';
      assert.equal(
        stderr,
        `vision-finetune: ${name}: cannot be written: no space left; a.jsonl is as it was\n`,
      );
      assert.equal(child.exitCode, 2);
      assert.deepEqual(await contents(folder), { 'a.jsonl': content });
    }
  });

  it('leaves nothing behind when it is interrupted', async (test) => {
    const content = `${broken}\n`.repeat(50_000);
    const { folder } = await start(test, { 'a.jsonl': content });
    const child = spawn(process.execPath, [main, 'fix', 'a.jsonl', '-o', 'out.jsonl'], {
      cwd: folder,
    });
    const ended = Promise.all([text(child.stderr), once(child, 'close')]);
    // The draft tells that it has begun.
    while (child.exitCode === null && (await readdir(folder)).length < 2)
      await new Promise(setImmediate);
    child.kill('SIGINT');
    const [stderr] = await ended;
    assert.equal(
      stderr,
      'vision-finetune: interrupted; a.jsonl is as it was, nothing is written\n',
    );
    assert.deepEqual([child.exitCode, child.signalCode], [2, null]);
    assert.deepEqual(await contents(folder), { 'a.jsonl': content });
  });
});

async function start(
  test: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Parameters<typeof runCli>[1] = {},
) {
  const folder = await makeFolder(test, files);
  const fix = (...args: string[]) => runCli(['fix', ...args], { cwd: folder, ...options });
  return { folder, fix };
}

function refusal(message: string): CliResult {
  return { status: 2, stdout: '', stderr: `vision-finetune: ${message}\n` };
}

/** The text of each file in a folder, hidden ones included. */
async function contents(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}
