import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rules } from '../../core/rules/index.ts';
import { namesIn, readText } from '../helpers/repository.ts';

const ids = rules.map(({ id }) => id);
const sorted = ids.toSorted();

describe('a rule has one name', () => {
  it('in the registry and as a file', () => {
    const files = namesIn('core/rules', '.ts').filter((name) => !['index', 'rule'].includes(name));
    assert.deepEqual(files, sorted);
  });

  it('as a page of docs/rules', () => {
    assert.deepEqual(
      namesIn('docs/rules', '.md').filter((name) => name !== 'README'),
      sorted,
    );
  });

  it('as a test', () => {
    // A table over all rules is named in camel case.
    const names = namesIn('test/rules', '.test.ts').filter((name) => !/[A-Z]/.test(name));
    assert.deepEqual(names, sorted);
  });

  it('in kebab case, once', () => {
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
  });
});

describe('the registry', () => {
  it('has each rule before those that it supersedes', () => {
    for (const [index, { id, supersedes = [] }] of rules.entries()) {
      for (const other of supersedes) assert.ok(ids.indexOf(other) > index, `${id} → ${other}`);
    }
  });

  it('has a summary of one sentence for each rule', () => {
    for (const { summary } of rules) assert.match(summary, /^[A-Z][^.!]*\.$/);
  });
});

describe('docs/rules', () => {
  it('lists all rules with severity and summary in the order of the registry', () => {
    const rows = readText('docs/rules/README.md')
      .split(/\r?\n/)
      .filter((line) => line.startsWith('| ['));
    assert.deepEqual(
      rows,
      rules.map(({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${summary} |`),
    );
  });

  for (const { id, severity } of rules) {
    it(`has a page of one screen on ${id}, with its severity, reasons, example, fixes and options`, () => {
      const page = readText(`docs/rules/${id}.md`);
      const lines = page.split(/\r?\n/);
      assert.equal(lines[0], `# ${id}`);
      assert.match(lines[2] ?? '', new RegExp(`Severity: ${severity}\\.$`));
      assert.deepEqual(
        lines.filter((line) => line.startsWith('## ')),
        ['## Why', '## Example', '## Fixes', '## Options'],
      );
      assert.ok(page.includes(`\`severities.${id}\``), 'The option for its severity is not named');
      assert.ok(lines.length <= 50, `${lines.length} lines`);
    });
  }
});
