import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { robotRecord, soundFile, soundRecord } from './records.ts';
import { checkBytes, makeFolder, places, runCli, type Report } from './runCli.ts';

const bom = Buffer.from('\uFEFF');

describe('a file', () => {
  it('that is empty has too few examples, on its first line', async (test) => {
    const file = await checkBytes(test, '');
    assert.deepEqual([file.records, file.bytes], [0, 0]);
    assert.deepEqual(places(file), ['too-few-examples 1:1']);
  });

  it('of blank lines has no record, which is said of each line', async (test) => {
    const file = await checkBytes(test, '\n \t\r\n\r\r\n   ');
    assert.equal(file.records, 0);
    assert.deepEqual(places(file), [
      'too-few-examples 1:1',
      'blank-line 1:1',
      'blank-line 2:1',
      'text-encoding 3:1',
      'blank-line 3:1',
      'blank-line 4:1',
      'blank-line 5:1',
    ]);
  });

  it('of a byte order mark alone has no record', async (test) => {
    const file = await checkBytes(test, bom);
    assert.deepEqual([file.records, file.bytes], [0, 3]);
  });

  it('may start with a byte order mark, which shifts no column', async (test) => {
    const file = await checkBytes(
      test,
      Buffer.concat([bom, Buffer.from(robotRecord + '\n' + soundFile)]),
    );
    assert.deepEqual(places(file), ['message-role 1:22']);
  });

  it('may end its lines in CR LF', async (test) => {
    const file = await checkBytes(test, (soundFile + robotRecord).replaceAll('\n', '\r\n'));
    assert.equal(file.records, 11);
    assert.deepEqual(places(file), ['message-role 11:22']);
  });

  it('that ends its lines in lone CR is told so once, and has the same records', async (test) => {
    const file = await checkBytes(test, (soundFile + robotRecord).replaceAll('\n', '\r'));
    assert.equal(file.records, 11);
    assert.deepEqual(places(file), ['text-encoding 1:1', 'message-role 11:22']);
  });

  it('is not cut at U+2028, which JSON allows in a string and other readers do not', async (test) => {
    const file = await checkBytes(
      test,
      `${soundFile}${soundRecord.replace('North', '\u2028\u2029\u0085')}\n`,
    );
    assert.equal(file.records, 11);
    assert.deepEqual(places(file), [`text-encoding 11:${soundRecord.indexOf('North') + 1}`]);
  });

  it('that is not UTF-8 says so at the first byte that is wrong, of each record', async (test) => {
    const [start = '', end = ''] = soundRecord.split('North');
    const record = Buffer.concat([
      Buffer.from(`${start}🌍é`),
      Buffer.of(0xc3, 0x28, 0xff),
      Buffer.from(end),
    ]);
    const file = await checkBytes(
      test,
      Buffer.concat([Buffer.from(soundFile), record, Buffer.from('\n'), record]),
    );
    const column = start.length + 4;
    assert.deepEqual(places(file), [`text-encoding 11:${column}`, `text-encoding 12:${column}`]);
    assert.match(file.findings[0]?.message ?? '', /^Byte 0xC3 is not UTF-8;/);
  });

  it('with a NUL says so at its place', async (test) => {
    const file = await checkBytes(test, `${soundFile}${soundRecord.replace('North', 'No\0rth')}`);
    assert.deepEqual(places(file), [`text-encoding 11:${soundRecord.indexOf('rth') + 1}`]);
  });

  it('takes __proto__ and duplicate keys for what JSON.parse takes them', async (test) => {
    const odd = `{"__proto__":{"messages":1},"constructor":[],"messages":[],${soundRecord.slice(1)}`;
    assert.deepEqual(places(await checkBytes(test, `${soundFile}${odd}`)), [
      'unknown-key 11:2',
      'unknown-key 11:29',
      `duplicate-key 11:${odd.lastIndexOf('"messages"') + 1}`,
    ]);
    const last = `${soundRecord.slice(0, -1)},"messages":[]}`;
    assert.deepEqual(places(await checkBytes(test, `${soundFile}${last}`)), [
      `duplicate-key 11:${last.lastIndexOf('"messages"') + 1}`,
      `record-shape 11:${last.lastIndexOf('[]') + 1}`,
    ]);
  });

  it('with 100,000 arrays in one another is checked', async (test) => {
    const file = await checkBytes(test, `${soundFile}${'['.repeat(100_000)}\n${soundRecord}`);
    assert.deepEqual(places(file), ['json-syntax 11:100001']);
  });

  it('with a line of 14 MB is checked, whatever is wrong after it', async (test) => {
    const long = soundRecord.replace('North', 'N'.repeat(14_000_000));
    const file = await checkBytes(
      test,
      `${soundFile}${long}\n${robotRecord}\n${long.slice(0, -1)}`,
    );
    assert.deepEqual(places(file), [
      'example-too-long 11:13',
      'message-role 12:22',
      `json-syntax 13:${long.length}`,
    ]);
  });

  for (const name of ['train.jsonl', 'record.json']) {
    it(`of any bytes named ${name} gives findings in order and no fault of the program`, async (test) => {
      const cwd = await makeFolder(test, {});
      const check = async (bytes: Uint8Array): Promise<void> => {
        await writeFile(join(cwd, name), bytes);
        const { stdout, stderr } = await runCli(['check', name, '--format', 'json'], { cwd });
        assert.equal(stderr, '');
        const [file] = (JSON.parse(stdout) as Report).files;
        assert.equal(file?.bytes, bytes.length);
        assert.deepEqual(file.findings, file.findings.toSorted(byPlace));
      };
      await fc.assert(fc.asyncProperty(anyBytes, check), { seed: 20261121, numRuns: 300 });
    });
  }
});

const tokens = [
  '{',
  '}',
  '[',
  ']',
  '"messages":',
  '"',
  ',',
  '\n',
  '\r',
  '\\u',
  '\uFEFF',
  '1e',
  '\0',
];

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.array(fc.constantFrom(...tokens)).map((parts) => Buffer.from(parts.join(''))),
);

function byPlace(a: { line: number; column: number }, b: { line: number; column: number }): number {
  return a.line - b.line || a.column - b.column;
}
