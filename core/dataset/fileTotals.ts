import {
  noCounts,
  thresholds,
  type PlaceName,
  type Places,
  type RecordCounts,
  type Threshold,
  type TotalsLimits,
} from './totals.ts';

/** The sums over a file that is read line by line. */
export class FileTotals {
  readonly counts: Record<keyof RecordCounts, number> = { ...noCounts };
  readonly #places = new Map<PlaceName, number>();
  /** Those that are not passed yet. */
  #thresholds: readonly (readonly [PlaceName, Threshold])[];

  constructor(limits: TotalsLimits) {
    this.#thresholds = Object.entries(thresholds(limits)) as [PlaceName, Threshold][];
  }

  /** Adds a line. Tells whether something may be said of it when the file has been read. */
  add(
    record: RecordCounts,
    line: number,
    { textBytes, loneReturns }: Pick<RecordCounts, 'textBytes' | 'loneReturns'> = record,
  ): boolean {
    const { counts } = this;
    counts.records += record.records;
    counts.imageExamples += record.imageExamples;
    counts.images += record.images;
    counts.skipped += record.skipped;
    counts.skippedAtMost += record.skippedAtMost;
    counts.lowDetail += record.lowDetail;
    counts.highDetail += record.highDetail;
    counts.autoDetail += record.autoDetail;
    counts.loneReturns += loneReturns;
    counts.textBytes += textBytes;
    return this.#pass(line) || line === 0;
  }

  /** The line of each sum that has passed its number. */
  get places(): Places {
    return Object.fromEntries(this.#places) as Places;
  }

  #pass(line: number): boolean {
    let isPassed = false;
    for (const [name, { count, over }] of this.#thresholds) {
      if (this.counts[count] <= over) continue;
      this.#places.set(name, line);
      isPassed = true;
    }
    if (isPassed) this.#thresholds = this.#thresholds.filter(([name]) => !this.#places.has(name));
    return isPassed;
  }
}
