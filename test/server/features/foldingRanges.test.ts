import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foldingRangesOf, maxFoldingRanges } from '../../../server/features/foldingRanges.ts';
import { atCursor, type TextOptions } from '../../helpers/cursor.ts';

/** `first-last`, lines from 1. */
function folds(lineCount: number, options?: TextOptions): string[] {
  const { snapshot } = atCursor('\n'.repeat(lineCount - 1), options);
  return foldingRangesOf(snapshot).map(
    ({ startLine, endLine }) => `${startLine + 1}-${endLine + 1}`,
  );
}

describe('folding', () => {
  it('has blocks of 100 lines, and larger ones around ten of them', () => {
    assert.deepEqual(folds(250), ['1-100', '101-200', '201-250']);
    assert.deepEqual(folds(1101).slice(0, 4), ['1-1000', '1001-1101', '1-100', '101-200']);
  });

  it('has no block of a single line, and none in a short file', () => {
    assert.deepEqual(folds(201), ['1-100', '101-200']);
    assert.deepEqual(folds(100), []);
    assert.deepEqual(folds(1), []);
  });

  it('never has more blocks than VS Code keeps', () => {
    for (const lineCount of [400_000, 425_001, 600_000]) {
      const { length } = folds(lineCount);
      assert.ok(length > 100 && length <= maxFoldingRanges, `${length} of ${lineCount} lines`);
    }
  });

  it('is left to the editor in a record over many lines', () => {
    assert.deepEqual(folds(500, { languageId: 'json' }), []);
  });
});
