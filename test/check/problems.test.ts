import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CheckedDocument } from '../../core/check/checkedDocument.ts';
import { createContext } from '../../core/check/context.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { RecordDocument } from '../../core/check/recordDocument.ts';
import {
  anyTrainingText,
  goodRecord,
  goodRecords,
  imageRecord,
  never,
  tightContext,
  today,
} from './anyTraining.ts';

describe('The next and the previous problem of a file', () => {
  const hint = imageRecord.replace('low', 'high');
  const text = `${hint}\n${goodRecords(9)}oops\n${hint.replace('a.png', 'b.png')}\n${goodRecord}\n${goodRecord}`;
  const document = LinesDocument.of(text, createContext([], today)).check(never);

  it('are those of records and those about the file as a whole, but no hints', () => {
    assert.deepEqual(
      document.gravestFindings(Infinity).map(({ range, rule }) => [range.start.line, rule]),
      [
        [0, 'image-detail-cost'],
        [10, 'json-syntax'],
        [11, 'image-detail-cost'],
        [13, 'duplicate-example'],
      ],
    );
    const after = [-1, 9, 10, 12].map((line) => document.problemAfter(line)?.rule);
    const before = [99, 13, 11].map((line) => document.problemBefore(line)?.rule);
    assert.deepEqual(after, [
      'json-syntax',
      'json-syntax',
      'duplicate-example',
      'duplicate-example',
    ]);
    assert.deepEqual(before, ['duplicate-example', 'json-syntax', 'json-syntax']);
  });

  it('are none past the ends', () => {
    for (const line of [13, 99]) assert.equal(document.problemAfter(line), undefined);
    for (const line of [10, 0, -1]) assert.equal(document.problemBefore(line), undefined);
  });

  it('are on the lines of the findings that are listed, each the first of its line', () => {
    fc.assert(
      fc.property(anyTrainingText, (anyText) => {
        for (const kind of [LinesDocument, RecordDocument]) {
          const each: CheckedDocument = kind.of(anyText, tightContext).check(never);
          const listed = firstOfEachLine(each);
          assert.deepEqual(
            walk(-1, (line) => each.problemAfter(line)),
            listed,
          );
          assert.deepEqual(
            walk(each.store.lineCount, (line) => each.problemBefore(line)),
            listed.toReversed(),
          );
        }
      }),
      { seed: 23, numRuns: 300 },
    );
  });
});

/** `line:character` of the first problem on each line that has one. */
function firstOfEachLine(document: CheckedDocument): string[] {
  const first = new Map<number, string>();
  for (const { severity, range } of document.gravestFindings(Infinity)) {
    const { line, character } = range.start;
    if (severity !== 'hint' && !first.has(line)) first.set(line, `${line}:${character}`);
  }
  return [...first.values()];
}

/** `line:character` of what is come upon, step by step. */
function walk(
  from: number,
  step: (line: number) => ReturnType<CheckedDocument['problemAfter']>,
): string[] {
  const found: string[] = [];
  for (let next = step(from); next; next = step(next.range.start.line)) {
    const { line, character } = next.range.start;
    found.push(`${line}:${character}`);
  }
  return found;
}
