import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import packageJson from '../../package.json' with { type: 'json' };
import { runCli } from './runCli.ts';

const unusable: readonly (readonly [args: readonly string[], complaint: string])[] = [
  [[], 'no command given; expected check, fix, jobs, practice, profiles, stats, submit or --help'],
  [
    ['train.jsonl'],
    'train.jsonl is not a command; expected check, fix, jobs, practice, profiles, stats, submit or --help',
  ],
  [
    ['\u001b[2J'],
    '\\u001b[2J is not a command; expected check, fix, jobs, practice, profiles, stats, submit or --help',
  ],
  [['check'], 'no file given; name files, or - for standard input'],
  [['check', '--quiet'], 'no file given; name files, or - for standard input'],
  [['check', ''], 'the name of a file is empty'],
  [['check', '-', 'a', '-'], 'standard input (-) can be read only once'],
  [['check', 'a', '--frmt', 'json'], "unknown option '--frmt'; see check --help"],
  [['check', 'a', '-q'], "unknown option '-q'; see check --help"],
  [['check', 'a', '--format'], "option '--format <value>' argument missing; see check --help"],
  [
    ['check', '--profile', '--quiet', 'a'],
    "option '--profile' argument is ambiguous; see check --help",
  ],
  [['check', 'a', '--quiet=yes'], "option '--quiet' does not take an argument; see check --help"],
  [['check', 'a', '--format', 'xml'], '--format is "xml"; expected human, json, github or sarif'],
  [['check', 'a', '--profile', 'Azure'], '--profile is "Azure"; expected azure or openai'],
  [
    ['check', 'a', '--model', 'gpt-5'],
    '--model is "gpt-5"; expected gpt-4.1-2025-04-14 or gpt-4o-2024-08-06',
  ],
  [
    ['check', 'a', '--severity', 'image-size'],
    '--severity is "image-size"; expected RULE=LEVEL, such as image-size=warning',
  ],
  [
    ['check', 'a', '--severity', 'image-size=warning=error'],
    '--severity is "image-size=warning=error"; expected RULE=LEVEL, such as image-size=warning',
  ],
  [
    ['check', 'a', '--severity', 'image-size=fatal'],
    'level of --severity is "fatal"; expected off, hint, info, warning or error',
  ],
  [['--format', 'json', 'check', 'a'], 'options come after the command: check … --format'],
  [['-x'], 'options come after the command: check … -x'],
  [['check', 'a', '--max-problems', '-1'], '--max-problems is "-1"; expected a number, 0 for all'],
  [
    ['check', '--max-problems', '-1', '--', '--max-problems', '-1'],
    '--max-problems is "-1"; expected a number, 0 for all',
  ],
  [['check', 'a', '--max-problems=-1'], '--max-problems is "-1"; expected a number, 0 for all'],
  [
    ['check', 'a', '--max-problems', '1e3'],
    '--max-problems is "1e3"; expected a number, 0 for all',
  ],
  [['check', 'a', '--max-problems', ''], '--max-problems is ""; expected a number, 0 for all'],
  [
    ['check', 'a', '--max-problems', '9'.repeat(30)],
    `--max-problems is "${'9'.repeat(30)}"; expected a number, 0 for all`,
  ],
];

describe('arguments', () => {
  for (const [args, complaint] of unusable) {
    it(`end with status 2 and one line when they are ${JSON.stringify(args)}`, async () => {
      assert.deepEqual(await runCli(args), {
        status: 2,
        stdout: '',
        stderr: `vision-finetune: ${complaint}\n`,
      });
    });
  }

  for (const rule of ['image-sise', '__proto__', 'constructor']) {
    it(`are refused when --severity names ${rule}, which is no rule`, async () => {
      const { status, stderr } = await runCli(['check', 'a', '--severity', `${rule}=off`]);
      assert.equal(status, 2);
      const start = `vision-finetune: rule of --severity is "${rule}"; expected blank-line, `;
      assert.ok(stderr.startsWith(start), stderr);
      assert.equal(stderr.split('\n').length, 2);
    });
  }
});

describe('--help', () => {
  it('lists the commands', async () => {
    const { status, stdout, stderr } = await runCli(['--help']);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^Usage: vision-finetune COMMAND/);
    assert.match(stdout, /^ {2}check {4}finds what is wrong/m);
  });

  it('of a command names every option it has, whatever stands beside it', async () => {
    const { status, stdout } = await runCli(['check', '--nonsense', '--help']);
    assert.equal(status, 0);
    for (const option of ['profile', 'model', 'format', 'severity', 'max-problems', 'quiet']) {
      assert.match(stdout, new RegExp(`^ {2}--${option}`, 'm'));
    }
  });

  it('is the name of a file after --', async () => {
    const { status, stderr } = await runCli(['check', '--', '--help']);
    assert.deepEqual(
      { status, stderr },
      { status: 2, stderr: 'vision-finetune: --help: no such file\n' },
    );
  });

  it('fits into a terminal of 80 columns', async () => {
    for (const args of [['--help'], ['check', '--help']]) {
      const { stdout } = await runCli(args);
      assert.deepEqual(
        stdout.split('\n').filter(({ length }) => length > 80),
        [],
      );
    }
  });
});

describe('--version', () => {
  it('prints the version of the package', async () => {
    assert.deepEqual(await runCli(['--version']), {
      status: 0,
      stdout: `${packageJson.version}\n`,
      stderr: '',
    });
  });
});
