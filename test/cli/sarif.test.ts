import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { rules } from '../../core/rules/index.ts';
import { robotRecord, soundFile, soundRecord } from './records.ts';
import { makeFolder, runCli, type CliResult } from './runCli.ts';

/** What these tests look at; the schema knows the rest. */
interface Log {
  readonly version: string;
  readonly runs: readonly [Run];
}

interface Run {
  readonly columnKind: string;
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
  readonly results: readonly Result[];
  readonly artifacts: readonly { readonly location: Location; readonly length: number }[];
  readonly invocations: readonly [Invocation];
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly defaultConfiguration: { readonly level: string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: Location;
        readonly region: Readonly<Record<string, number>>;
      };
    },
  ];
}

interface Location {
  readonly uri: string;
  readonly uriBaseId?: string;
  readonly index?: number;
}

interface Invocation {
  readonly executionSuccessful: boolean;
  readonly exitCode: number;
  readonly toolExecutionNotifications: readonly {
    readonly level: string;
    readonly message: { readonly text: string };
  }[];
}

const load = createRequire(import.meta.url);
// The schema's pattern of a language is not a regular expression by the stricter rules of Unicode mode.
const ajv = new Ajv04.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(
  load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object,
);

function readLog({ stdout }: CliResult): Run {
  const log = JSON.parse(stdout) as Log;
  assert.ok(isSarif(log), ajv.errorsText(isSarif.errors, { separator: '\n' }));
  assert.equal(log.version, '2.1.0');
  return log.runs[0];
}

describe('SARIF format', () => {
  const check = async (
    paths: readonly string[],
    cwd: string,
    { args = [] as readonly string[], stdin = '' } = {},
  ): Promise<Run> =>
    readLog(
      await runCli(['check', ...paths, '--format', 'sarif', ...args], { cwd, stdin: [stdin] }),
    );

  it('names the tool and every rule, with a description and its level', async () => {
    const { tool, columnKind } = await check(['-'], tmpdir(), { stdin: soundFile });
    assert.equal(columnKind, 'utf16CodeUnits');
    assert.equal(tool.driver.name, 'vision-finetune');
    assert.deepEqual(
      tool.driver.rules.map(({ id, fullDescription }) => [id, fullDescription.text]),
      rules.map(({ id, summary }) => [id, summary]),
    );
    assert.equal(
      tool.driver.rules.find(({ id }) => id === 'image-detail-cost')?.defaultConfiguration.level,
      'note',
    );
  });

  it('has a result for each finding, with its rule and its region in UTF-16 columns', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': `${soundFile}${robotRecord}` });
    const { results } = await check(['train.jsonl'], cwd);
    assert.deepEqual(results, [
      {
        ruleId: 'message-role',
        ruleIndex: rules.findIndex(({ id }) => id === 'message-role'),
        level: 'error',
        message: {
          text: 'Role "robot" is not known; expected system, user, assistant, tool or function; the service refuses the file.',
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'train.jsonl', uriBaseId: '%SRCROOT%', index: 0 },
              region: { startLine: 11, startColumn: 22, endLine: 11, endColumn: 29 },
            },
          },
        ],
      },
    ]);
  });

  it('names files by URI: relative and escaped below the working directory, absolute elsewhere', async (test) => {
    const root = await makeFolder(test, {
      'here/a b#100%.jsonl': robotRecord,
      'here/größe.jsonl': robotRecord,
      'there.jsonl': robotRecord,
    });
    const paths = ['a b#100%.jsonl', 'größe.jsonl', '../there.jsonl'];
    const { artifacts } = await check(paths, join(root, 'here'));
    assert.deepEqual(
      artifacts.map(({ location }) => location),
      [
        { uri: 'a%20b%23100%25.jsonl', uriBaseId: '%SRCROOT%' },
        { uri: 'gr%C3%B6%C3%9Fe.jsonl', uriBaseId: '%SRCROOT%' },
        { uri: pathToFileURL(join(root, 'there.jsonl')).href },
      ],
    );
  });

  it('tells in the invocation what could not be read', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': soundFile });
    const { invocations, artifacts } = await check(['gone.jsonl', 'train.jsonl'], cwd);
    const [{ executionSuccessful, exitCode, toolExecutionNotifications }] = invocations;
    assert.deepEqual([executionSuccessful, exitCode], [false, 2]);
    assert.deepEqual(
      toolExecutionNotifications.map(({ level, message }) => [level, message.text]),
      [['error', 'File is not checked: no such file']],
    );
    assert.deepEqual(
      artifacts.map(({ length }) => length),
      [soundFile.length],
    );
  });

  it('tells in the invocation how many problems are not listed', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': `${robotRecord}\n`.repeat(12) });
    const { results, invocations } = await check(['train.jsonl'], cwd, {
      args: ['--max-problems', '10'],
    });
    assert.equal(results.length, 10);
    assert.deepEqual(
      invocations[0].toolExecutionNotifications.map(({ level, message }) => [level, message.text]),
      [['note', '2 more problems not listed; --max-problems 0 lists all']],
    );
    assert.deepEqual([invocations[0].executionSuccessful, invocations[0].exitCode], [true, 1]);
  });

  it('is valid for standard input, for nothing to read and for a missing character at the end', async (test) => {
    const cwd = await makeFolder(test, {});
    const { results } = await check(['-'], cwd, { stdin: soundFile + soundRecord.slice(0, -1) });
    const { artifactLocation, region } = results[0]?.locations[0].physicalLocation ?? {};
    assert.equal(artifactLocation?.uri, '%3Cstdin%3E');
    assert.equal(region?.['startColumn'], soundRecord.length);
    await check(['gone.jsonl'], cwd);
  });

  it('gives a message no links and no placeholders, whatever a file says', async (test) => {
    const role = '[click](http://a.example){0}';
    const cwd = await makeFolder(test, {
      'a.jsonl': soundFile + robotRecord.replace('robot', role),
    });
    const { results } = await check(['a.jsonl'], cwd);
    assert.match(results[0]?.message.text ?? '', /"\\\[click\\\]\(http:\/\/a\.example\)\{\{0\}\}"/);
  });
});
