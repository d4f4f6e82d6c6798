import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { robotRecord, soundRecord } from './records.ts';
import { checkBytes, places } from './runCli.ts';

const formatted = (record: string, eol = '\n'): string =>
  JSON.stringify(JSON.parse(record), undefined, 2).replaceAll('\n', eol);

describe('a file named .json', () => {
  it('is one record over many lines, too few for no rule', async (test) => {
    const file = await checkBytes(test, formatted(soundRecord), { name: 'record.json' });
    assert.deepEqual([file.records, file.findings], [1, []]);
  });

  for (const eol of ['\n', '\r\n', '\r']) {
    it(`has its findings on their lines when those end in ${JSON.stringify(eol)}`, async (test) => {
      const file = await checkBytes(test, formatted(robotRecord, eol), { name: 'RECORD.JSON' });
      const { line, column, endLine, endColumn } = file.findings[0] ?? {};
      assert.deepEqual([line, column, endLine, endColumn], [4, 15, 4, 22]);
    });
  }

  it('has a finding about an object of several lines where it opens', async (test) => {
    const file = await checkBytes(test, '{\n  "messages": {\n  }\n}', { name: 'record.json' });
    assert.deepEqual(places(file), ['record-shape 2:15']);
  });

  it('may start with a byte order mark, which shifts no column', async (test) => {
    const file = await checkBytes(test, `\uFEFF${robotRecord}`, { name: 'record.json' });
    assert.deepEqual(places(file), ['message-role 1:22']);
    assert.equal(file.bytes, Buffer.byteLength(robotRecord) + 3);
  });

  it('that is not UTF-8 says so at the first byte that is wrong', async (test) => {
    const bytes = Buffer.concat([Buffer.from('{\n  "é": "'), Buffer.of(0x80), Buffer.from('"\n}')]);
    const file = await checkBytes(test, bytes, { name: 'record.json' });
    assert.deepEqual(places(file), ['text-encoding 2:9']);
  });

  for (const content of ['', ' \n\n']) {
    it(`is no JSON when it is ${JSON.stringify(content)}`, async (test) => {
      const file = await checkBytes(test, content, { name: 'record.json' });
      assert.deepEqual(
        file.findings.map(({ rule }) => rule),
        ['json-syntax'],
      );
    });
  }

  it('is capped like any other', async (test) => {
    const messages = Array<unknown>(20).fill({ role: 'robot', content: 'x' });
    const file = await checkBytes(test, JSON.stringify({ messages }), {
      name: 'record.json',
      args: ['--max-problems', '7'],
    });
    assert.deepEqual([file.findings.length, file.counts.error], [7, 20]);
  });
});
