import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { imageRecord, imageRecords, robotRecord, soundFile } from './records.ts';
import { makeFolder, runCli, type Report } from './runCli.ts';

const notice =
  'Since 2026-10-14: Azure trains this model only for customers who have trained it before (Microsoft Learn, "Model deprecations and retirements" (learn.microsoft.com/azure/foundry/openai/concepts/model-retirements), 2026-07-07).';
const address = 'https://example.com/harbour.png';

describe('JSON format', () => {
  it('is one document with the counts and the findings of each file', async (test) => {
    const content = `${soundFile}${robotRecord}\n${imageRecord(address, 'high')}\n`;
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    const { status, stdout } = await runCli(['check', 'train.jsonl', '--format', 'json'], { cwd });
    assert.equal(status, 1);
    assert.deepEqual(JSON.parse(stdout), {
      version: 1,
      profile: 'azure',
      model: 'gpt-4.1-2025-04-14',
      limitsOf: '2026-11',
      notices: [{ day: '2026-10-14', message: notice }],
      files: [
        {
          path: 'train.jsonl',
          records: 12,
          imageExamples: 1,
          images: 1,
          bytes: Buffer.byteLength(content),
          counts: { error: 1, warning: 0, info: 0, hint: 1 },
          fixable: 0,
          findings: [
            {
              rule: 'message-role',
              severity: 'error',
              line: 11,
              column: 22,
              endLine: 11,
              endColumn: 29,
              message:
                'Role "robot" is not known; expected system, user, assistant, tool or function; the service refuses the file.',
            },
            {
              rule: 'image-detail-cost',
              severity: 'hint',
              line: 12,
              column: 122,
              endLine: 12,
              endColumn: 128,
              message:
                'Detail is high; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.',
            },
          ],
        },
      ],
      unreadable: [],
    });
  });

  it('counts the findings that a repair takes away', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': `${soundFile}\n${robotRecord},\n` });
    const { stdout } = await runCli(['check', 'train.jsonl', '--format', 'json'], { cwd });
    const { files } = JSON.parse(stdout) as Report;
    assert.deepEqual(
      files.map(({ fixable }) => fixable),
      [2],
    );
  });

  it('lists what cannot be read apart, checks the others and ends with status 2', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile, 'b.jsonl': robotRecord });
    const args = ['check', 'a.jsonl', 'gone.jsonl', '.', 'b.jsonl', '--format', 'json'];
    const { status, stdout, stderr } = await runCli(args, { cwd });
    const { files, unreadable } = JSON.parse(stdout) as Report;
    assert.equal(status, 2);
    assert.deepEqual(
      files.map(({ path }) => path),
      ['a.jsonl', 'b.jsonl'],
    );
    assert.deepEqual(unreadable, [
      { path: 'gone.jsonl', message: 'no such file' },
      { path: '.', message: 'is a directory' },
    ]);
    assert.equal(
      stderr,
      'vision-finetune: gone.jsonl: no such file\nvision-finetune: .: is a directory\n',
    );
  });

  it('is a document when nothing could be read', async (test) => {
    const cwd = await makeFolder(test, {});
    const args = ['check', 'gone.jsonl', '--format', 'json', '--profile', 'openai'];
    const { stdout } = await runCli(args, { cwd });
    const { profile, files } = JSON.parse(stdout) as Report;
    assert.deepEqual({ profile, files }, { profile: 'openai', files: [] });
  });

  it('says of each file which profile it was checked by when they differ', async (test) => {
    const cwd = await makeFolder(test, {
      'a.jsonl': soundFile,
      'other/b.jsonl': soundFile,
      'other/vision-finetune.json': '{"profile":"openai"}',
    });
    const args = ['check', 'a.jsonl', 'other/b.jsonl', '--format', 'json'];
    const { stdout } = await runCli(args, { cwd });
    const { profile, files } = JSON.parse(stdout) as Report;
    assert.equal(profile, 'azure');
    assert.deepEqual(
      files.map((file) => [file.profile, file.model]),
      [
        ['azure', 'gpt-4.1-2025-04-14'],
        ['openai', 'gpt-4o-2024-08-06'],
      ],
    );
  });

  it('counts columns in UTF-16 code units', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': '{"🌍":"é",}' });
    const { stdout } = await runCli(['check', 'train.jsonl', '--format', 'json'], { cwd });
    const finding = (JSON.parse(stdout) as Report).files[0]?.findings[1];
    assert.deepEqual([finding?.rule, finding?.column], ['json-syntax', 10]);
  });
});

describe('--max-problems', () => {
  const content = `${imageRecords(1500, 'high')}${robotRecord}\n${robotRecord}\n`;

  async function listed(args: readonly string[], cwd: string): Promise<Record<string, number>> {
    const { stdout } = await runCli(['check', 'train.jsonl', '--format', 'json', ...args], { cwd });
    const [file] = (JSON.parse(stdout) as Report).files;
    assert.deepEqual(file?.counts, { error: 2, warning: 0, info: 0, hint: 1500 });
    const lines = file.findings.map(({ line }) => line);
    assert.deepEqual(
      lines,
      lines.toSorted((a, b) => a - b),
      'in order of place',
    );
    const count = (wanted: string): number =>
      file.findings.filter(({ severity }) => severity === wanted).length;
    return { error: count('error'), hint: count('hint') };
  }

  it('is 1,000 by default, keeps the gravest and leaves the counts whole', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    assert.deepEqual(await listed([], cwd), { error: 2, hint: 998 });
  });

  it('caps the list at the number given', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    assert.deepEqual(await listed(['--max-problems', '1'], cwd), { error: 1, hint: 0 });
  });

  it('lists all when it is 0', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    assert.deepEqual(await listed(['--max-problems', '0'], cwd), { error: 2, hint: 1500 });
  });

  it('does not keep errors back for hints that --quiet hides', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    assert.deepEqual(await listed(['--max-problems', '2', '--quiet'], cwd), { error: 2, hint: 0 });
  });
});

describe('the samples', () => {
  const folder = join(import.meta.dirname, '../../samples');

  async function check(name: string): Promise<Report> {
    const { stdout } = await runCli(['check', name, '--format', 'json'], { cwd: folder });
    return JSON.parse(stdout) as Report;
  }

  it('give exactly the faults planted in the broken set, each in its place', async () => {
    const lines = readFileSync(join(folder, 'broken.jsonl'), 'utf8').split('\n');
    const planted = JSON.parse(
      readFileSync(join(folder, 'broken.expected.json'), 'utf8'),
    ) as readonly PlantedFault[];
    const findings = (await check('broken.jsonl')).files[0]?.findings ?? [];
    assert.deepEqual(
      findings.map(({ rule, line }) => ({ rule, line })),
      planted.map(({ rule, line }) => ({ rule, line })),
    );
    findings.forEach(({ line, column }, index) => {
      const { at, column: expected } = planted[index] ?? {};
      if (expected !== undefined) assert.equal(column, expected, `line ${line}`);
      if (at) assert.ok(lines[line - 1]?.startsWith(at, column - 1), `line ${line}`);
    });
  });

  it('give nothing in the clean set', async () => {
    const [file] = (await check('clean.jsonl')).files;
    assert.deepEqual(file?.findings, []);
    assert.ok(file.records >= 12);
  });

  it('give the lack of examples in the short set, and nothing else', async () => {
    const [file] = (await check('too-few.jsonl')).files;
    assert.deepEqual(
      file?.findings.map(({ rule, line }) => [rule, line]),
      [['too-few-examples', 1]],
    );
  });
});

interface PlantedFault {
  readonly rule: string;
  readonly line: number;
  readonly column?: number;
  /** What stands at the place, where the place is certain. */
  readonly at: string | null;
}
