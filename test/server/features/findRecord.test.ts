import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRecord } from '../../../server/features/findRecord.ts';
import type { FindRecordParams } from '../../../server/protocol.ts';
import { Snapshot } from '../../../server/snapshot.ts';
import { LinesDocument } from '../../../core/check/linesDocument.ts';
import { atCursor } from '../../helpers/cursor.ts';
import { soundRecord } from '../../helpers/trainingText.ts';

const broken = '{"messages": [1]}';
const { snapshot } = atCursor(
  ['', soundRecord, broken, '', soundRecord, broken, broken, soundRecord].join('\n'),
  {
    severities: { 'blank-line': 'off', 'too-few-examples': 'off', 'duplicate-example': 'off' },
  },
);

/** `number of count at line:character`, lines from 1. */
function found(
  line1: number,
  want: FindRecordParams['want'],
  from: Snapshot = snapshot,
): string | undefined {
  const record = findRecord(from, { uri: from.uri, line: line1 - 1, want });
  return record
    ? `${record.number} of ${record.count} at ${record.line + 1}:${record.character + 1}`
    : undefined;
}

describe('finding a record', () => {
  it('goes to the next and to the previous one, past blank lines', () => {
    assert.equal(found(3, 'next'), '3 of 6 at 5:1');
    assert.equal(found(5, 'previous'), '2 of 6 at 3:1');
    assert.equal(found(4, 'previous'), '2 of 6 at 3:1');
  });

  it('goes to the next and to the previous one with a problem, onto the problem', () => {
    const character = broken.indexOf('1') + 1;
    assert.equal(found(1, 'nextProblem'), `2 of 6 at 3:${character}`);
    assert.equal(found(3, 'nextProblem'), `4 of 6 at 6:${character}`);
    assert.equal(found(8, 'previousProblem'), `5 of 6 at 7:${character}`);
    assert.equal(found(6, 'previousProblem'), `2 of 6 at 3:${character}`);
  });

  it('goes to a problem about the whole file where it is one of a record', () => {
    const { snapshot: repeated } = atCursor([soundRecord, broken, soundRecord, ''].join('\n'), {
      severities: { 'too-few-examples': 'off' },
    });
    assert.equal(found(2, 'nextProblem', repeated), '3 of 3 at 3:1');
    assert.equal(found(1, 'nextProblem', repeated), `2 of 3 at 2:${broken.indexOf('1') + 1}`);
    assert.equal(found(4, 'previousProblem', repeated), '3 of 3 at 3:1');
  });

  it('finds nothing past the ends', () => {
    assert.equal(found(8, 'next'), undefined);
    assert.equal(found(2, 'previous'), undefined);
    assert.equal(found(7, 'nextProblem'), undefined);
    assert.equal(found(3, 'previousProblem'), undefined);
  });

  it('finds a record by its number, which blank lines do not count in', () => {
    assert.equal(found(1, 3), '3 of 6 at 5:1');
    assert.equal(found(1, 6), '6 of 6 at 8:1');
    for (const number of [0, 7, -1, NaN, 1.5e9]) assert.equal(found(1, number), undefined);
  });

  it('tells where one is', () => {
    assert.equal(found(5, 'here'), '3 of 6 at 5:1');
    assert.equal(found(4, 'here'), '2 of 6 at 3:1');
    assert.equal(found(1, 'here'), '1 of 6 at 2:1');
    assert.equal(found(999, 'here'), '6 of 6 at 8:1');
  });

  it('does the same in a file that nobody checks, but for problems', () => {
    const { document } = snapshot;
    const unchecked = new Snapshot(
      snapshot.uri,
      'jsonl',
      1,
      LinesDocument.of(snapshot.getText(), document.context),
    );
    assert.equal(found(3, 'next', unchecked), '3 of 6 at 5:1');
    assert.equal(found(5, 'previous', unchecked), '2 of 6 at 3:1');
    assert.equal(found(1, 6, unchecked), '6 of 6 at 8:1');
    assert.equal(found(1, 'nextProblem', unchecked), undefined);
  });

  it('finds nothing in an empty file', () => {
    for (const want of ['here', 'next', 'previous', 'nextProblem', 1] as const) {
      assert.equal(found(1, want, atCursor('').snapshot), undefined);
    }
  });
});
