import type { DocumentMeasure } from '../../core/check/documentMeasure.ts';
import { isBlank } from '../../core/record/isBlank.ts';
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
  if (found === undefined) return null;
  const finding = store.line(found).note?.findings.find(({ severity }) => severity !== 'hint');
  const isProblem = want === 'nextProblem' || want === 'previousProblem';
  return {
    version,
    number: sums.before(found + 1).records,
    count: sums.measure.records,
    line: found,
    character: isProblem ? (finding?.span.start ?? 0) : 0,
  };

  function search(): number | undefined {
    switch (want) {
      case 'next':
        return nth((sum) => sum.records, sums.before(from + 1).records + 1);
      case 'previous':
        return nth((sum) => sum.records, sums.before(from).records);
      case 'nextProblem':
        return nth(countProblems, countProblems(sums.before(from + 1)) + 1);
      case 'previousProblem':
        return nth(countProblems, countProblems(sums.before(from)));
      case 'here':
        return nth((sum) => sum.records, Math.max(1, sums.before(from + 1).records));
      default:
        return nth((sum) => sum.records, want);
    }
  }

  /** The line on which a sum reaches a number. */
  function nth(sumOf: (sum: Sum) => number, number: number): number | undefined {
    return number < 1 ? undefined : sums.find((sum) => sumOf(sum) >= number)?.index;
  }
}

type Sum = Pick<DocumentMeasure, 'records' | 'error' | 'warning' | 'info'>;

/** What is asked of the sums of a document. */
interface Sums {
  readonly measure: Sum;
  before(lineCount: number): Sum;
  find(isReached: (sum: Sum) => boolean): { readonly index: number } | undefined;
}

const countProblems = ({ error, warning, info }: Sum): number => error + warning + info;

/** Of a file that nobody checks: which lines are records shows without that, one by one. */
function plainSums(store: Snapshot['document']['store']): Sums {
  const records = [0];
  for (const { text } of store.lines()) {
    records.push((records.at(-1) ?? 0) + (isBlank(text) ? 0 : 1));
  }
  const sum = (lines: number): Sum => ({
    records: records[lines] ?? 0,
    error: 0,
    warning: 0,
    info: 0,
  });
  return {
    measure: sum(records.length - 1),
    before: (lineCount) => sum(Math.min(Math.max(lineCount, 0), records.length - 1)),
    find: (isReached) => {
      const index = records.findIndex((_, lines) => lines > 0 && isReached(sum(lines))) - 1;
      return index < 0 ? undefined : { index };
    },
  };
}
