import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alikeImages } from '../helpers/alikeImages.ts';
import { imageRecord } from './records.ts';
import { makeFolder, runCli, type Report } from './runCli.ts';

const lines = Array.from({ length: 10 }, (_, at) => imageRecord(`https://example.com/${at}.png`));
const [alike, other] = alikeImages.map((url) => imageRecord(url));
const train = [...lines, alike].join('\n');

describe('check --validation', () => {
  it('checks that file first, by its own rules, and reports on the training file what both have', async (test) => {
    const cwd = await makeFolder(test, {
      'train.jsonl': train,
      'val.jsonl': `${lines[4] ?? ''}\nx`,
    });
    const { status, stdout } = await runCli(
      ['check', 'train.jsonl', '--validation', 'val.jsonl', '--format', 'json'],
      { cwd },
    );
    const { files } = JSON.parse(stdout) as Report;
    assert.equal(status, 1);
    assert.deepEqual(
      files.map(({ path, findings }) => [
        path,
        findings.map(({ rule, line }) => `${rule}:${line}`),
      ]),
      [
        ['val.jsonl', ['json-syntax:2']],
        ['train.jsonl', ['train-validation-leak:5']],
      ],
    );
    assert.match(stdout, /"related":\{"path":"val\.jsonl","line":1,"message":"The same example"\}/);
  });

  for (const [title, args] of [
    ['a file', ['check', 'train.jsonl', '--validation', 'val.jsonl']],
    ['standard input', ['check', '-', '--validation', 'val.jsonl']],
    ['validation from standard input', ['check', 'train.jsonl', '--validation', '-']],
  ] as const) {
    it(`tells large images that are alike in samples apart by all of their bytes, from ${title}`, async (test) => {
      for (const [record, count] of [
        [alike, 1],
        [other, 0],
      ] as const) {
        const validation = record ?? '';
        const cwd = await makeFolder(test, { 'train.jsonl': train, 'val.jsonl': validation });
        const stdin = [args[3] === '-' ? validation : train];
        const { stdout } = await runCli([...args], { cwd, stdin });
        assert.equal(stdout.split('train-validation-leak').length - 1, count);
      }
    });
  }

  it('says when the file cannot be read, and checks the others', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': train });
    const { status, stdout, stderr } = await runCli(
      ['check', 'train.jsonl', '--validation', 'none.jsonl'],
      { cwd },
    );
    assert.equal(status, 2);
    assert.match(stderr, /none\.jsonl: no such file/);
    assert.match(stdout, /train\.jsonl/);
  });
});
