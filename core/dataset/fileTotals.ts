import {
  countNames,
  noCounts,
  thresholds,
  type PlaceName,
  type Places,
  type RecordCounts,
  type Threshold,
  type TotalsLimits,
} from './totals.ts';

/** The sums over lines that follow each other, a file or a stretch of one. Plain data. */
export interface SummedLines {
  readonly counts: RecordCounts;
  /** The lines with which a sum of the file passes its number; of a stretch those in it, if `before` was known. */
  readonly places: Partial<Places>;
}

/** The sums over a file that is read line by line, or stretch by stretch. */
export class FileTotals implements SummedLines {
  readonly counts: Record<keyof RecordCounts, number> = { ...noCounts };
  readonly #places = new Map<PlaceName, number>();
  /** Those that are not passed yet. */
  #thresholds: readonly (readonly [PlaceName, Threshold])[];

  /** `before` are the sums over the lines before; where they are not known, no places are told. */
  constructor(limits: TotalsLimits, before: RecordCounts | undefined) {
    const all = Object.entries(thresholds(limits)) as [PlaceName, Threshold][];
    this.#thresholds = before
      ? all
          .map(([name, { count, over }]) => [name, { count, over: over - before[count] }] as const)
          .filter(([, { over }]) => over >= 0)
      : [];
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
    // Of a stretch whose start is not known there is none to pass.
    const isPassed = this.#thresholds.length > 0 && this.#pass(() => line);
    return isPassed || line === 0;
  }

  /** Adds a stretch that begins on a line, and knows the places in it unless `isMissingPlaces` said otherwise. */
  append({ counts, places }: SummedLines, firstLine: number): void {
    for (const name of countNames) this.counts[name] += counts[name];
    this.#pass((name) => firstLine + (places[name] ?? 0));
  }

  /** Whether sums pass their numbers in a stretch that comes next and does not know it. */
  isMissingPlaces({ counts, places }: SummedLines): boolean {
    return this.#thresholds.some(
      ([name, { count, over }]) =>
        this.counts[count] + counts[count] > over && places[name] === undefined,
    );
  }

  get places(): Partial<Places> {
    return Object.fromEntries(this.#places);
  }

  #pass(lineOf: (name: PlaceName) => number): boolean {
    let isPassed = false;
    for (const [name, { count, over }] of this.#thresholds) {
      if (this.counts[count] <= over) continue;
      this.#places.set(name, lineOf(name));
      isPassed = true;
    }
    if (isPassed) this.#thresholds = this.#thresholds.filter(([name]) => !this.#places.has(name));
    return isPassed;
  }
}
