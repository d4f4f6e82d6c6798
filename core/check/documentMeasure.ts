import { noCounts, type RecordCounts } from '../dataset/totals.ts';
import type { Severity } from '../finding/finding.ts';
import { lineLength, type Line } from '../text/lines.ts';
import type { Measure } from '../text/measuredSequence.ts';
import { blankRecord, type CheckedRecord } from './checkRecord.ts';

/**
 * What the line store sums up over any stretch of a document: how long it is, what is left to check, what it holds
 * and what is wrong with it. So totals are never counted, and the first record with an error is found in O(log n).
 */
export type DocumentMeasure = Readonly<Record<MeasuredName, number>>;

type MeasuredName = 'length' | 'unchecked' | keyof RecordCounts | Severity;

export const documentMeasure: Measure<Line<CheckedRecord>, DocumentMeasure> = {
  zero: {
    length: 0,
    unchecked: 0,
    ...noCounts,
    error: 0,
    warning: 0,
    info: 0,
    hint: 0,
  },
  of: (line) => {
    const { findings, fingerprint: _, ...counts } = line.note ?? blankRecord;
    const length = lineLength(line);
    return { length, unchecked: line.note ? 0 : 1, ...counts, ...countSeverities(findings) };
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
