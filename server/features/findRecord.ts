import type { DocumentMeasure } from '../../core/check/documentMeasure.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import type { Position } from '../../core/text/position.ts';
import type { FindRecordParams, FoundRecord } from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';

/** The record that somebody wants to go to. In a file that is checked the sums of its lines lead there, in O(log n). */
export function findRecord(
  { document, version }: Snapshot,
  { line, want }: FindRecordParams,
): FoundRecord | null {
  const { store } = document;
  const sums: Sums = document.isChecked && document.kind === 'lines' ? store : plainSums(store);
  const from = Math.min(Math.max(line, 0), store.lineCount - 1);
  const found = search();
  return found
    ? {
        version,
        number: sums.before(found.line + 1).records,
        count: sums.measure.records,
        ...found,
      }
    : null;

  function search(): Position | undefined {
    switch (want) {
      case 'next':
        return nth(sums.before(from + 1).records + 1);
      case 'previous':
        return nth(sums.before(from).records);
      case 'nextProblem':
        return document.problemAfter(from)?.range.start;
      case 'previousProblem':
        return document.problemBefore(from)?.range.start;
      case 'here':
        return nth(Math.max(1, sums.before(from + 1).records));
      default:
        return nth(want);
    }
  }

  /** The start of the record of that number. */
  function nth(number: number): Position | undefined {
    if (number < 1) return undefined;
    const record = sums.find(({ records }) => records >= number);
    return record && { line: record.index, character: 0 };
  }
}

type Sum = Pick<DocumentMeasure, 'records'>;

/** What is asked of the sums of a document. */
interface Sums {
  readonly measure: Sum;
  before(lineCount: number): Sum;
  find(isReached: (sum: Sum) => boolean): { readonly index: number } | undefined;
}

/** Of a file that nobody checks: which lines are records shows without that, one by one. */
function plainSums(store: Snapshot['document']['store']): Sums {
  const records = [0];
  for (const { text } of store.lines()) {
    records.push((records.at(-1) ?? 0) + (isBlank(text) ? 0 : 1));
  }
  const sum = (lines: number): Sum => ({ records: records[lines] ?? 0 });
  return {
    measure: sum(records.length - 1),
    before: (lineCount) => sum(Math.min(Math.max(lineCount, 0), records.length - 1)),
    find: (isReached) => {
      const index = records.findIndex((_, lines) => lines > 0 && isReached(sum(lines))) - 1;
      return index < 0 ? undefined : { index };
    },
  };
}
