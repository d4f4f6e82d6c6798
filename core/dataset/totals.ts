/** What a record adds to its file, and a file is the sum of. */
export interface RecordCounts {
  /** Lines that are not blank. */
  readonly records: number;
  /** Records with at least one picture. */
  readonly imageExamples: number;
  readonly images: number;
  /** Records that the service is known to skip, by an error of a rule that says so. */
  readonly skipped: number;
  /** These, and those that a forecast says are likely to be. */
  readonly skippedAtMost: number;
  /** Images by the detail that they ask for; left out is auto, and any other is none of these. */
  readonly lowDetail: number;
  readonly highDetail: number;
  readonly autoDetail: number;
  /** Lines, blank or not, that a carriage return alone ends. */
  readonly loneReturns: number;
  /** Of lines, blank or not, and their ends in UTF-8, without a byte order mark; what is not UTF-8 counts as U+FFFD. */
  readonly textBytes: number;
}

export const noCounts: RecordCounts = {
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
};

export const countNames = Object.keys(noCounts) as (keyof RecordCounts)[];

/** The sums over a whole file, and where some of them pass a number. */
export interface DatasetTotals extends RecordCounts {
  readonly places: Places;
}

/** Lines, from 0; undefined where a sum stays within its number. */
export type Places = Readonly<Record<PlaceName, number | undefined>>;

export type PlaceName =
  | 'firstRecord'
  | 'firstExcessImageExample'
  | 'firstExcessSkipped'
  | 'firstExcessSkippedAtMost'
  | 'firstLowDetail'
  | 'firstHighDetail'
  | 'firstAutoDetail'
  | 'firstLoneReturn';

/** The first line with which `count` is over `over`. */
export interface Threshold {
  readonly count: keyof RecordCounts;
  readonly over: number;
}

/** The limits on the sums of a file. */
export interface TotalsLimits {
  readonly maxImageExamples: number;
  readonly maxSkippedExamples: number;
}

/** What each place is, so that an open document can look it up and a streamed one can watch for it. */
export function thresholds(limits: TotalsLimits): Record<PlaceName, Threshold> {
  return {
    firstRecord: { count: 'records', over: 0 },
    firstExcessImageExample: { count: 'imageExamples', over: limits.maxImageExamples },
    firstExcessSkipped: { count: 'skipped', over: limits.maxSkippedExamples },
    firstExcessSkippedAtMost: { count: 'skippedAtMost', over: limits.maxSkippedExamples },
    firstLowDetail: { count: 'lowDetail', over: 0 },
    firstHighDetail: { count: 'highDetail', over: 0 },
    firstAutoDetail: { count: 'autoDetail', over: 0 },
    firstLoneReturn: { count: 'loneReturns', over: 0 },
  };
}

/** All places, each found by `find`. */
export function findPlaces(
  limits: TotalsLimits,
  find: (threshold: Threshold) => number | undefined,
): Places {
  const entries = Object.entries(thresholds(limits)).map(([name, threshold]) => [
    name,
    find(threshold),
  ]);
  return Object.fromEntries(entries) as Places;
}
