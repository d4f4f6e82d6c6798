import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Statistics } from '../../core/check/statistics.ts';
import { imageRecord, soundRecord } from './records.ts';
import { makeFolder, runCli } from './runCli.ts';

const address = 'https://example.com/harbour.png';
const file = `${`${soundRecord}\n`.repeat(10)}${imageRecord(address, 'auto')}\n`;

describe('vision-finetune stats', () => {
  it('is a table of what is in the file and what it costs', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': file });
    const { status, stdout, stderr } = await runCli(['stats', 'train.jsonl'], { cwd });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.equal(
      stdout,
      `train.jsonl
  Records        11, 1 with images
  Images         1
    format       1 by address
    detail       1 auto
    longer side  1 of unknown size
    tokens       85 to 1,445; all at low 85, all at high 255 to 1,445
  Text           174 tokens
  Together       259 to 1,619 tokens an epoch
  Trained on     23 tokens of answers
  Epochs         not known: Azure OpenAI does not document how it chooses; set epochs
  Cost           not known: Azure OpenAI documents no price
  All at low     saves 0 to 1,360 tokens an epoch
  Longest        line 11: 99 to 1,459 tokens
                 line 1: 16 tokens
                 line 2: 16 tokens
                 line 3: 16 tokens
                 line 4: 16 tokens
  Repeated       9 examples, 0 images in several examples
Azure OpenAI · gpt-4.1-2025-04-14
`,
    );
  });

  it('tells epochs and cost where they are documented, with their sources', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': file });
    const { stdout } = await runCli(['stats', 'train.jsonl', '--profile', 'openai'], { cwd });
    assert.match(stdout, /^ {2}Epochs {9}9, as OpenAI is said to choose \(OpenAI Cookbook, /m);
    assert.match(
      stdout,
      /^ {2}Cost {11}\$0\.06 to \$0\.36 at \$25\.00 for a million tokens \(OpenAI, "Pricing" /m,
    );
    assert.match(stdout, /^ {2}All at low {5}saves 0 to 12,240 tokens, \$0\.00 to \$0\.31$/m);
  });

  it('tells that a job is too long for its quota, texts counted, which a check cannot see', async (test) => {
    const cwd = async (maxTrainingTokens: number): Promise<string> => {
      const options = JSON.stringify({ epochs: 2, limits: { maxTrainingTokens } });
      return makeFolder(test, { 'train.jsonl': file, 'vision-finetune.json': options });
    };
    const job = async (limit: number): Promise<string | undefined> => {
      const { stdout } = await runCli(['stats', 'train.jsonl'], { cwd: await cwd(limit) });
      return /^ {2}Job +(.*)$/m.exec(stdout)?.[1];
    };
    const found = '518 to 3,238 tokens in 2 epochs; Azure OpenAI trains on at most';
    assert.equal(await job(517), `too long: ${found} 517 in a job`);
    assert.equal(await job(518), `may be too long: ${found} 518 in a job`);
    assert.equal(await job(3238), undefined);
    const check = await runCli(['check', 'train.jsonl'], { cwd: await cwd(517) });
    assert.doesNotMatch(check.stdout, /file-budget/);
  });

  it('takes epochs from a flag before those of vision-finetune.json', async (test) => {
    const cwd = await makeFolder(test, {
      'train.jsonl': file,
      'vision-finetune.json': '{"epochs":2}',
    });
    const epochs = async (...flags: string[]): Promise<Statistics['epochs']> => {
      const args = ['stats', 'train.jsonl', '--format', 'json', ...flags];
      return (JSON.parse((await runCli(args, { cwd })).stdout) as Statistics).epochs;
    };
    assert.deepEqual(await epochs(), { count: 2, from: 'user' });
    assert.deepEqual(await epochs('--epochs', '4'), { count: 4, from: 'user' });
  });

  it('gives programs the numbers themselves', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': file });
    const { stdout } = await runCli(['stats', 'train.jsonl', '--format', 'json'], { cwd });
    const document = JSON.parse(stdout) as Statistics & { version: number; path: string };
    assert.equal(document.version, 1);
    assert.equal(document.path, 'train.jsonl');
    assert.deepEqual(document.tokens.images, { min: 85, max: 1445 });
    assert.deepEqual(document.job, { tokens: document.tokens.paid, limit: 2_000_000_000 });
  });

  it('reads standard input', async () => {
    const { stdout } = await runCli(['stats', '-'], { stdin: [soundRecord] });
    assert.match(stdout, /^<stdin>\n {2}Records {5}1, 0 with images\n/);
  });

  it('ends with status 2 and a clear line where there is nothing to count', async (test) => {
    const cwd = await makeFolder(test, {
      'record.json': soundRecord,
      'bad/vision-finetune.json': '{',
      'bad/train.jsonl': file,
      'empty.jsonl': '',
      'binary.jsonl': Buffer.from('7f454c460201010000', 'hex'),
      'wide.jsonl': Buffer.from(`\ufeff${file}`, 'utf16le'),
    });
    for (const [args, message] of [
      [[], 'no file given; name one, or - for standard input'],
      [[''], 'the name of the file is empty'],
      [['a', 'b'], 'stats takes one file, not 2'],
      [['gone.jsonl'], 'gone.jsonl: no such file'],
      [['.'], '.: is a directory'],
      [['record.json'], '"record.json" is one record; stats takes a file with one on each line'],
      [['a', '--epochs', '0'], '--epochs is "0"; expected a whole number from 1'],
      [['a', '--format', 'sarif'], '--format is "sarif"; expected human or json'],
      [['a', '--quiet'], "unknown option '--quiet'"],
      [['empty.jsonl'], 'empty.jsonl: is empty'],
      [['binary.jsonl'], 'binary.jsonl: is no text in UTF-8, there is a NUL in it'],
      [['wide.jsonl'], 'wide.jsonl: is UTF-16'],
      [['bad/train.jsonl'], 'bad/train.jsonl: bad/vision-finetune.json: It is not JSON'],
    ] as const) {
      const { status, stdout, stderr } = await runCli(['stats', ...args], { cwd });
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' }, args.join(' '));
      assert.ok(stderr.startsWith(`vision-finetune: ${message}`), stderr);
    }
  });

  it('counts a file of any bytes but those that no text has', async (test) => {
    const cwd = await makeFolder(test, {
      'a.jsonl': Buffer.from([1, 255, 10, 13, 123, 0xef, 0xbb]),
    });
    const { status, stdout } = await runCli(['stats', 'a.jsonl'], { cwd });
    assert.equal(status, 0);
    assert.match(stdout, /Records +2, 0 with images, 2 not JSON or without messages$/m);
  });
});
