import type { RecordCounts } from '../dataset/totals.ts';
import type { Severity } from '../finding/finding.ts';
import { lineLength, type Line } from '../text/lines.ts';
import type { Measure } from '../text/measuredSequence.ts';
import type { CheckedLine } from './lineChecker.ts';

/**
 * What the line store sums up over any stretch of a document: how long it is, what is left to check, what it holds
 * and what is wrong with it. So totals are never counted, and the first record with an error is found in O(log n).
 */
export type DocumentMeasure = Readonly<Record<MeasuredName, number>>;

type MeasuredName = 'length' | 'unchecked' | keyof RecordCounts | Severity;

export const documentMeasure: Measure<Line<CheckedLine>, DocumentMeasure> = {
  zero: emptySum(),
  of: (line) => {
    const sum = emptySum();
    addLine(sum, line);
    return sum;
  },
  ofAll: (lines) => {
    const sum = emptySum();
    for (const line of lines) addLine(sum, line);
    return sum;
  },
  add: (a, b) => ({
    length: a.length + b.length,
    unchecked: a.unchecked + b.unchecked,
    records: a.records + b.records,
    imageExamples: a.imageExamples + b.imageExamples,
    images: a.images + b.images,
    skipped: a.skipped + b.skipped,
    skippedAtMost: a.skippedAtMost + b.skippedAtMost,
    lowDetail: a.lowDetail + b.lowDetail,
    highDetail: a.highDetail + b.highDetail,
    autoDetail: a.autoDetail + b.autoDetail,
    loneReturns: a.loneReturns + b.loneReturns,
    textBytes: a.textBytes + b.textBytes,
    error: a.error + b.error,
    warning: a.warning + b.warning,
    info: a.info + b.info,
    hint: a.hint + b.hint,
  }),
};

function emptySum(): Record<MeasuredName, number> {
  return {
    length: 0,
    unchecked: 0,
    records: 0,
    imageExamples: 0,
    images: 0,
    skipped: 0,
    skippedAtMost: 0,
    lowDetail: 0,
    highDetail: 0,
    autoDetail: 0,
    loneReturns: 0,
    textBytes: 0,
    error: 0,
    warning: 0,
    info: 0,
    hint: 0,
  };
}

/** Member by member: a sum of lines is made anew for each keystroke, 64 lines at a time. */
function addLine(sum: Record<MeasuredName, number>, line: Line<CheckedLine>): void {
  const { note } = line;
  sum.length += lineLength(line);
  if (!note) {
    sum.unchecked++;
    return;
  }
  sum.records += note.records;
  sum.imageExamples += note.imageExamples;
  sum.images += note.images;
  sum.skipped += note.skipped;
  sum.skippedAtMost += note.skippedAtMost;
  sum.lowDetail += note.lowDetail;
  sum.highDetail += note.highDetail;
  sum.autoDetail += note.autoDetail;
  sum.loneReturns += note.loneReturns;
  sum.textBytes += note.textBytes;
  for (const { severity } of note.findings) sum[severity]++;
}

export function countSeverities(
  findings: Iterable<{ readonly severity: Severity }>,
): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** How many of them `isProblem` holds for. */
export function countProblems({
  error,
  warning,
  info,
}: Readonly<Record<Severity, number>>): number {
  return error + warning + info;
}
