import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { imageRecord, robotRecord, soundFile } from './records.ts';
import { makeFolder, runCli, type CliOptions, type Report } from './runCli.ts';

const brokenFile = [
  ...soundFile.split('\n').slice(0, 9),
  robotRecord,
  imageRecord('https://example.com/harbour.png', 'ultra'),
  imageRecord('https://example.com/landing.png', 'high'),
  '{"messages":[]',
].join('\n');

const known = 'expected system, user, assistant, tool or function; the service refuses the file.';
const profileLine = 'Azure OpenAI · gpt-4.1-2025-04-14 · limits of 2026-11';
const notice = `Since 2026-10-14: Azure trains this model only for customers who have trained it before (Microsoft
  Learn, "Model deprecations and retirements"
  (learn.microsoft.com/azure/foundry/openai/concepts/model-retirements), 2026-07-07).`;
const azure = `${profileLine}\n${notice}`;

describe('human format', () => {
  it('lists findings under their file in columns, counts, and ends with the profile', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
    const { status, stdout, stderr } = await runCli(['check', 'train.jsonl'], { cwd });
    assert.deepEqual({ status, stderr }, { status: 1, stderr: '' });
    assert.equal(
      stdout,
      `train.jsonl
  10:22   error    Role "robot" is not known; ${known}  message-role
  11:122  warning  Detail is "ultra"; expected low, high or auto, else it may be refused.  image-detail
  12:122  hint     Detail is high; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.  image-detail-cost
  13:15   error    Expected "," or "}", found the end of the record; the service refuses the file.  json-syntax
13 records, 2 images, 1.3 kB · 2 errors, 1 warning, 1 hint (\`vision-finetune fix\` takes away 1 of them)
${azure}
`,
    );
  });

  it('says of a sound file that it has no problems', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': soundFile });
    assert.deepEqual(await runCli(['check', 'train.jsonl'], { cwd }), {
      status: 0,
      stdout: `train.jsonl\n10 records, 0 images, 940 bytes · no problems\n${azure}\n`,
      stderr: '',
    });
  });

  it('adds up several files, and the profile stands there once', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile, 'b.jsonl': soundFile });
    const { stdout } = await runCli(['check', 'a.jsonl', 'gone.jsonl', 'b.jsonl'], { cwd });
    assert.equal(
      stdout,
      `a.jsonl
10 records, 0 images, 940 bytes · no problems

b.jsonl
10 records, 0 images, 940 bytes · no problems

2 files, 1 not checked: 20 records, 0 images, 1.9 kB · no problems
${azure}
`,
    );
  });

  it('tells how many problems a repair takes away, of each file and of all, but not of standard input', async (test) => {
    const unclosed = soundFile.replaceAll('}\n', '\n');
    const cwd = await makeFolder(test, { 'a.jsonl': unclosed, 'b.jsonl': `\n${soundFile}` });
    const { stdout } = await runCli(['check', 'a.jsonl', 'b.jsonl'], { cwd });
    assert.deepEqual(stdout.match(/ · .* takes away .*$/gm), [
      ' · 10 errors (`vision-finetune fix` takes away 10 of them)',
      ' · 1 warning (`vision-finetune fix` takes away 1 of them)',
      ' · 10 errors, 1 warning (`vision-finetune fix` takes away 11 of them)',
    ]);
    const piped = await runCli(['check', '-'], { cwd, stdin: [unclosed] });
    assert.match(piped.stdout, / · 10 errors$/m);
  });

  it('names the profile of each file when they differ, with its remark', async (test) => {
    const cwd = await makeFolder(test, {
      'a.jsonl': soundFile,
      'other/b.jsonl': soundFile,
      'other/vision-finetune.json': '{"profile":"openai","model":"gpt-4.1-2025-04-14"}',
    });
    const { stdout } = await runCli(['check', 'a.jsonl', 'other/b.jsonl'], { cwd });
    const lines = stdout.split('\n');
    assert.equal(lines[2], profileLine);
    assert.equal(lines[9], 'OpenAI · gpt-4.1-2025-04-14 · limits of 2026-11');
    assert.equal(lines[10], 'OpenAI names only gpt-4o-2024-08-06 for fine-tuning on images.');
    assert.equal(lines.filter((line) => line.includes('limits of')).length, 2);
  });

  it('ends with what ends at the provider, from 90 days before it', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': soundFile });
    const lastWords = async (today: string): Promise<string | undefined> => {
      const flags = ['--profile', 'openai'];
      const { stdout } = await runCli(['check', 'train.jsonl', ...flags], { cwd, today });
      const [, told] = stdout.split(/^(?=OpenAI · )/m);
      const [profile, ...notices] = told?.trimEnd().split('\n') ?? [];
      return (notices[0] ?? profile)?.split(' (')[0];
    };
    assert.equal(await lastWords('2026-10-07'), 'OpenAI · gpt-4o-2024-08-06 · limits of 2026-11');
    const end = '2027-01-06: OpenAI takes no fine-tuning jobs any more';
    assert.equal(await lastWords('2026-10-08'), `From ${end}`);
    assert.equal(await lastWords('2027-01-06'), `Since ${end}`);
  });

  it('says how many problems --max-problems left out, and how to see them', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
    const { stdout } = await runCli(['check', 'train.jsonl', '--max-problems', '3'], { cwd });
    assert.match(stdout, /^ {2}1 more problem not listed; --max-problems 0 lists all$/m);
    assert.match(stdout, /· 2 errors, 1 warning, 1 hint \(`vision-finetune fix` takes away 1 of/m);
  });

  it('lists errors alone with --quiet, and counts the rest', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
    const { stdout } = await runCli(['check', 'train.jsonl', '--quiet'], { cwd });
    assert.deepEqual(
      stdout.match(/^ .*$/gm)?.map((line) => line.trim().split(/ +/)[0]),
      ['10:22', '13:15'],
    );
    assert.match(stdout, /· 2 errors, 1 warning, 1 hint \(`vision-finetune fix` takes away 1 of/m);
  });

  it('leaves out what is told of the provider with --quiet', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': soundFile });
    const { stdout } = await runCli(['check', 'train.jsonl', '--quiet'], { cwd });
    assert.ok(stdout.endsWith(`no problems\n${profileLine}\n`), stdout);
  });

  it('wraps what is told of the provider at the width of the terminal', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': soundFile });
    const isTerminal = { stdout: true, stderr: true };
    const { stdout } = await runCli(['check', 'train.jsonl'], { cwd, isTerminal, columns: 60 });
    assert.match(
      stdout,
      /^Since 2026-10-14: Azure trains this model only for customers\n {2}who have/m,
    );
  });

  it('ends with the configuration file that counts, once', async (test) => {
    const cwd = await makeFolder(test, {
      'vision-finetune.json': '{}',
      'a/train.jsonl': soundFile,
      'a/more.jsonl': soundFile,
    });
    const { stdout } = await runCli(['check', 'a/train.jsonl', 'a/more.jsonl'], { cwd });
    assert.ok(stdout.endsWith(`${azure}\nOptions of vision-finetune.json\n`), stdout);
    const json = await runCli(['check', 'train.jsonl', '--format', 'json'], { cwd: `${cwd}/a` });
    const { files } = JSON.parse(json.stdout) as Report;
    assert.deepEqual(
      files.map(({ config }) => config),
      [join('..', 'vision-finetune.json')],
    );
  });

  it('says how many errors are left out where --quiet lists only those', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
    const flags = ['--quiet', '--max-problems', '1'];
    const { stdout } = await runCli(['check', 'train.jsonl', ...flags], { cwd });
    assert.match(stdout, /^ {2}1 more problem not listed; --max-problems 0 lists all$/m);
  });

  it('shows control characters of a name and of values, and sends none to the terminal', async (test) => {
    const name = 'a\u202eb.jsonl';
    const cwd = await makeFolder(test, { [name]: soundFile.replace('user', '\u009b2J\u202e') });
    const { stdout, stderr } = await runCli(['check', name, 'gone\u001b[2J'], { cwd });
    assert.match(stdout, /^a\\u202eb\.jsonl$/m);
    assert.match(stdout, /Role "\\u009b2J\\u202e" is not known/);
    assert.equal(stderr, 'vision-finetune: gone\\u001b[2J: no such file\n');
    assert.doesNotMatch(stdout + stderr, /[^\n\u0020-\u007e·…]/);
  });
});

describe('colour', () => {
  const terminal = { stdout: true, stderr: false };
  const pipe = { stdout: false, stderr: true };
  const cases: readonly (readonly [string, Pick<CliOptions, 'isTerminal' | 'env'>, boolean])[] = [
    ['is off in a pipe', { isTerminal: pipe }, false],
    ['is on in a terminal', { isTerminal: terminal }, true],
    ['is off where NO_COLOR is set', { isTerminal: terminal, env: { NO_COLOR: '1' } }, false],
    ['is on where NO_COLOR is empty', { isTerminal: terminal, env: { NO_COLOR: '' } }, true],
    [
      'is on in a pipe where FORCE_COLOR is set',
      { isTerminal: pipe, env: { FORCE_COLOR: '1' } },
      true,
    ],
    ['is off where FORCE_COLOR is 0', { isTerminal: terminal, env: { FORCE_COLOR: '0' } }, false],
    ['is off in a dumb terminal', { isTerminal: terminal, env: { TERM: 'dumb' } }, false],
    [
      'is on where both FORCE_COLOR and NO_COLOR are set',
      { isTerminal: pipe, env: { FORCE_COLOR: '1', NO_COLOR: '1' } },
      true,
    ],
  ];
  for (const [behaviour, options, expected] of cases) {
    it(behaviour, async (test) => {
      const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
      const { stdout } = await runCli(['check', 'train.jsonl'], { cwd, ...options });
      assert.equal(stdout.includes('\u001b['), expected);
    });
  }

  it('changes nothing but colour', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
    const plain = await runCli(['check', 'train.jsonl'], { cwd });
    const coloured = await runCli(['check', 'train.jsonl'], {
      cwd,
      isTerminal: terminal,
      columns: 100,
    });
    assert.equal(coloured.stdout.replaceAll(/\u001b\[\d+m/g, ''), plain.stdout);
    assert.match(coloured.stdout, /\u001b\[31merror {2}/);
  });

  it('never gets into a format for programs', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': brokenFile });
    for (const format of ['json', 'github', 'sarif']) {
      const args = ['check', 'train.jsonl', '--format', format];
      const { stdout } = await runCli(args, { cwd, isTerminal: terminal });
      assert.ok(!stdout.includes('\u001b'), format);
    }
  });
});
