import { severities, type Severity } from '../finding/finding.ts';
import { lineLength, type Line } from '../text/lines.ts';
import type { Measure } from '../text/measuredSequence.ts';
import type { CheckedRecord } from './checkRecord.ts';

/**
 * What the line store sums up over any stretch of a document: how long it is, what is left to check, what it holds
 * and what is wrong with it. So totals are never counted, and the first record with an error is found in O(log n).
 */
export type DocumentMeasure = Readonly<Record<MeasuredName, number>>;

type MeasuredName = 'length' | 'unchecked' | 'records' | 'imageExamples' | 'images' | Severity;

export const documentMeasure: Measure<Line<CheckedRecord>, DocumentMeasure> = {
  zero: {
    length: 0,
    unchecked: 0,
    records: 0,
    imageExamples: 0,
    images: 0,
    error: 0,
    warning: 0,
    info: 0,
    hint: 0,
  },
  of: (line) => {
    const { note } = line;
    return {
      length: lineLength(line),
      unchecked: note ? 0 : 1,
      records: note?.records ?? 0,
      imageExamples: note?.imageExamples ?? 0,
      images: note?.images ?? 0,
      ...countSeverities(note?.findings ?? []),
    };
  },
  add: (a, b) => ({
    length: a.length + b.length,
    unchecked: a.unchecked + b.unchecked,
    records: a.records + b.records,
    imageExamples: a.imageExamples + b.imageExamples,
    images: a.images + b.images,
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

export function countAll(measure: Readonly<Record<Severity, number>>): number {
  return severities.reduce((sum, severity) => sum + measure[severity], 0);
}
