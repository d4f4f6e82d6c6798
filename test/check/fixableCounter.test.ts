import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createContext } from '../../core/check/context.ts';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { FileRepairer } from '../../core/check/fileRepairer.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { RecordFileChecker } from '../../core/check/recordFileChecker.ts';
import { RecordFileRepairer } from '../../core/check/recordFileRepairer.ts';
import { certainFix } from '../../core/check/repair.ts';
import { recordText } from '../fixes/anyRecord.ts';
import { breakageNames, breakRecord } from '../fixes/brokenRecord.ts';
import { anyTrainingText, goodRecord as good, today } from './anyTraining.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/fixtures');
const files = [
  ...readdirSync(fixtures).map((name) => join(fixtures, name)),
  ...['broken', 'clean', 'too-few'].map((name) => join(root, `samples/${name}.jsonl`)),
];
const formatted = JSON.stringify(JSON.parse(good), undefined, 2);
const broken = `${good.slice(0, -1)},}`;

describe('the number of fixable findings', () => {
  for (const path of files) {
    it(`of ${path.slice(root.length + 1)} is that of those that certain repairs take away`, () => {
      const bytes = readFileSync(path);
      // In a file with a NUL, which is no text, nothing is repaired.
      const expected = bytes.subarray(0, 8000).includes(0) ? 0 : countGone(path, bytes);
      assert.equal(check(path, bytes).fixable, expected);
    });
  }

  it('is positive in the broken samples, and in some of the fixtures', () => {
    const counts = files.map((path) => check(path, readFileSync(path)).fixable);
    assert.ok(counts.filter((count) => count > 0).length > 5, counts.join());
    assert.ok((counts.at(-3) ?? 0) > 10, counts.join());
  });

  it('is nothing exactly where certain repairs change nothing, and always behind them', () => {
    let repaired = 0;
    const anyBroken = fc.constantFrom(...breakageNames).map((name) => breakRecord(name).broken);
    const oneLine = recordText.map((text) => text.replaceAll(/[\r\n]/g, ' '));
    const anyLine = fc.oneof(anyBroken, oneLine, fc.constantFrom(formatted, good + good, ' ', '{'));
    const anyLines = fc.array(anyLine, { maxLength: 5 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(fc.oneof(anyLines, anyTrainingText), (text) => {
        if (text.includes('\0')) return;
        const bytes = Buffer.from(text);
        const after = repair('a.jsonl', bytes);
        assert.equal(check('a.jsonl', bytes).fixable > 0, !after.equals(bytes));
        assert.equal(check('a.jsonl', after).fixable, 0);
        if (!after.equals(bytes)) repaired++;
      }),
      { seed: 20261127, numRuns: 1000 },
    );
    assert.ok(repaired > 300, `Only ${repaired} files were repaired`);
  });

  it('takes in every line of a record that is spread over several, but not of one without an end', () => {
    assert.equal(checkText(`${good}\n${formatted}\n${good}`).fixable, 12);
    assert.equal(checkText(`${formatted.slice(0, -6)}\n`).fixable, 0);
    assert.equal(checkText(`${formatted.slice(0, -6)}\n${broken}\n`).fixable, 1);
  });

  it('takes in what is wrong with the bytes of the file', () => {
    assert.equal(checkText(`\ufeff${good}\r${good}\r`).fixable, 1);
    assert.equal(checkText(`\ufeff${good}\r${good}\r`, { profile: 'openai' }).fixable, 2);
  });

  it('takes in a line of a file that is read in pieces', () => {
    const checker = new FileChecker(createContext([], today));
    for (const byte of Buffer.from(`${formatted}\n\n${broken}`)) checker.read(Buffer.of(byte));
    assert.equal(checker.finish().fixable, 14);
  });

  it('is nothing for rules that are switched off, and for repairs that are a choice', () => {
    const severities = { 'json-syntax': 'off', 'blank-line': 'off' } as const;
    assert.equal(checkText(`${formatted}\n\n${broken}`, { severities }).fixable, 0);
    assert.equal(checkText(`${good}\n${good}\n`).fixable, 0);
  });

  it('is nothing where the file cannot be repaired', () => {
    assert.equal(checkText(`${broken}\n\0`).fixable, 0);
    const notUtf8 = Buffer.from(`${broken}\n${broken.replace('}', '}\xff')}`, 'latin1');
    assert.equal(check('a.jsonl', notUtf8).fixable, 1);
    const later = Buffer.from(good.replace('Hi."', 'Hi.",').replace('Hello', '\xff'), 'latin1');
    assert.equal(check('a.jsonl', later).fixable, 0);
    assert.ok(repair('a.jsonl', later).equals(later));
    assert.equal(check('a.json', Buffer.from(`${broken}\xff`, 'latin1')).fixable, 0);
  });

  it('of a file that is one record leaves out what would cut it in lines', () => {
    assert.equal(check('a.json', Buffer.from(`${formatted.slice(0, -1)},}`)).fixable, 1);
    assert.equal(check('a.json', Buffer.from(good + good)).fixable, 0);
  });
});

/** Findings of the file that the repaired one has not, wherever they stand now. */
function countGone(path: string, bytes: Buffer): number {
  const left = describeFindings(check(path, repair(path, bytes)));
  let gone = 0;
  for (const finding of describeFindings(check(path, bytes))) {
    const index = left.indexOf(finding);
    if (index < 0) gone++;
    else left.splice(index, 1);
  }
  return gone;
}

/** Line numbers in messages change when lines go. */
function describeFindings({ findings }: FileReport): string[] {
  return findings.map(({ rule, message }) => `${rule} ${message.replaceAll(/line \d+/g, 'line')}`);
}

function checkText(text: string, options: CheckOptions = {}): FileReport {
  return check('a.jsonl', Buffer.from(text), options);
}

function check(path: string, bytes: Uint8Array, options: CheckOptions = {}): FileReport {
  const context = createContext([options], today);
  const checker = path.endsWith('.json')
    ? new RecordFileChecker(context)
    : new FileChecker(context);
  checker.read(bytes);
  return checker.finish();
}

function repair(path: string, bytes: Uint8Array): Buffer {
  const Repairer = path.endsWith('.json') ? RecordFileRepairer : FileRepairer;
  const repairer = new Repairer(createContext([], today), certainFix, () => undefined);
  return Buffer.concat([...repairer.read(bytes), ...repairer.finish()]);
}
