import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { imageRecords, robotRecord, soundFile } from './records.ts';
import { makeFolder, runCli, type CliResult, type Report } from './runCli.ts';

const costly = imageRecords(10, 'high');

function readReport({ stdout }: CliResult): Report {
  return JSON.parse(stdout) as Report;
}

async function check(
  cwd: string,
  args: readonly string[],
  stdin: readonly string[] = [],
): Promise<CliResult> {
  return runCli(['check', '--format', 'json', ...args], { cwd, stdin });
}

describe('vision-finetune.json', () => {
  it('is taken from the nearest folder upwards, of each file its own', async (test) => {
    const cwd = await makeFolder(test, {
      'vision-finetune.json': '{"severities":{"image-detail-cost":"warning"}}',
      'a/deep/train.jsonl': costly,
      'b/vision-finetune.json': '{"severities":{"image-detail-cost":"error"}}',
      'b/deep/train.jsonl': costly,
    });
    const result = await check(cwd, ['a/deep/train.jsonl', 'b/deep/train.jsonl']);
    const counts = readReport(result).files.map((file) => file.counts);
    assert.deepEqual(
      counts.map(({ error, warning }) => [error, warning]),
      [
        [0, 10],
        [10, 0],
      ],
    );
    assert.deepEqual([result.status, result.stderr], [1, '']);
  });

  it('is taken from the working directory for standard input', async (test) => {
    const cwd = await makeFolder(test, {
      'vision-finetune.json': '{"severities":{"image-detail-cost":"off"}}',
    });
    const [file] = readReport(await check(cwd, ['-'], [costly])).files;
    assert.deepEqual(file?.findings, []);
  });

  it('gives way to flags, each option for itself', async (test) => {
    const cwd = await makeFolder(test, {
      'vision-finetune.json': JSON.stringify({
        profile: 'azure',
        model: 'gpt-4.1-2025-04-14',
        severities: { 'image-detail-cost': 'error', 'message-role': 'off' },
      }),
      'train.jsonl': `${costly}${robotRecord}`,
    });
    const flags = ['--profile', 'openai', '--severity', 'image-detail-cost=info'];
    const { profile, model, files } = readReport(await check(cwd, ['train.jsonl', ...flags]));
    assert.deepEqual([profile, model], ['openai', 'gpt-4.1-2025-04-14']);
    assert.deepEqual(files[0]?.counts, { error: 0, warning: 0, info: 10, hint: 0 });
  });

  it('leaves the model to the provider where nobody names one', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': soundFile });
    const { profile, model } = readReport(await check(cwd, ['train.jsonl', '--profile', 'openai']));
    assert.deepEqual([profile, model], ['openai', 'gpt-4o-2024-08-06']);
  });

  it('sets limits', async (test) => {
    const cwd = await makeFolder(test, {
      'vision-finetune.json': '{"limits":{"minExamples":11}}',
      'train.jsonl': soundFile,
    });
    const [file] = readReport(await check(cwd, ['train.jsonl'])).files;
    assert.match(file?.findings[0]?.message ?? '', /fewer than 11/);
  });

  it('is told on standard error, once, what of it is not understood', async (test) => {
    const cwd = await makeFolder(test, {
      'data/vision-finetune.json':
        '{"endpoint":"https://x.example","model":"gpt-5","severities":{"image-sise":"off"},"profile":null}',
      'data/a.jsonl': soundFile,
      'data/b.jsonl': soundFile,
    });
    const { status, stderr } = await check(cwd, ['data/a.jsonl', 'data/b.jsonl']);
    const start = `vision-finetune: warning: ${join('data', 'vision-finetune.json')}: `;
    assert.equal(status, 0);
    assert.deepEqual(stderr.split('\n'), [
      `${start}"endpoint" is not an option.`,
      `${start}"model" is "gpt-5"; expected gpt-4.1-2025-04-14 or gpt-4o-2024-08-06.`,
      `${start}"severities.image-sise" is not a rule.`,
      '',
    ]);
  });

  for (const nonsense of ['null', '[]', '7', '{"severities":[],"limits":{"__proto__":1}}']) {
    it(`is left out with a word when it is ${nonsense}`, async (test) => {
      const cwd = await makeFolder(test, {
        'vision-finetune.json': nonsense,
        'train.jsonl': soundFile,
      });
      const { status, stderr } = await check(cwd, ['train.jsonl']);
      assert.equal(status, 0);
      assert.match(stderr, /^vision-finetune: warning: vision-finetune\.json: .+\n/);
    });
  }

  it('ends with status 2 and a line when it is not JSON, and other folders are checked', async (test) => {
    const cwd = await makeFolder(test, {
      'a/vision-finetune.json': '{"profile":\n\u001b[2J',
      'a/train.jsonl': soundFile,
      'b/train.jsonl': soundFile,
    });
    const result = await check(cwd, ['a/train.jsonl', 'b/train.jsonl']);
    assert.equal(result.status, 2);
    assert.match(
      result.stderr,
      /^vision-finetune: a\/train\.jsonl: a.vision-finetune\.json: It is not JSON[^\u001b\n]*\n$/,
    );
    const { files, unreadable } = readReport(result);
    assert.deepEqual(
      files.map(({ path }) => path),
      ['b/train.jsonl'],
    );
    assert.deepEqual(
      unreadable.map(({ path }) => path),
      ['a/train.jsonl'],
    );
  });

  it('may start with a byte order mark', async (test) => {
    const cwd = await makeFolder(test, {
      'vision-finetune.json': '\uFEFF{"profile":"openai"}',
      'train.jsonl': soundFile,
    });
    assert.equal(readReport(await check(cwd, ['train.jsonl'])).profile, 'openai');
  });
});

describe('--severity', () => {
  it('raises, lowers and switches off, the last word counting', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': `${costly}${robotRecord}` });
    const levels = ['message-role=error', 'message-role=off', 'image-detail-cost=error'];
    const flags = levels.flatMap((level) => ['--severity', level]);
    const result = await check(cwd, ['train.jsonl', ...flags]);
    assert.equal(result.status, 1);
    assert.deepEqual(readReport(result).files[0]?.counts, {
      error: 10,
      warning: 0,
      info: 0,
      hint: 0,
    });
  });
});
