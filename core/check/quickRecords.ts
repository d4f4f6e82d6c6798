import { comparedStrings } from '../dataset/comparedStrings.ts';
import { KeyMaker, QuickKeys } from '../dataset/quickKeys.ts';
import { StretchKeys, type KeyedStretch } from '../dataset/stretchKeys.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import type { Example } from '../record/example.ts';
import type { ByteLine } from '../text/lineReader.ts';
import type { RatedReport } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import { KnownRecords } from './knownRecords.ts';

/**
 * The short way through a file that can be read again: most of its records are like one that was checked before, and are
 * compared by hashes. Ask `recognize` of each line; of one that is not recognized, check it with this as a watcher, then
 * call `endRecord`. Lines count from 0 in their stretch, which `endStretch` ends.
 */
export class QuickRecords {
  readonly #known: KnownRecords;
  readonly #stretch = new StretchKeys();
  readonly #keys = new QuickKeys();
  readonly #maker = new KeyMaker();
  #example: Example | undefined;
  #reports: readonly RatedReport[] = [];
  #isComparable = false;

  constructor(context: CheckContext) {
    this.#known = new KnownRecords(context);
  }

  /**
   * What the record on a line adds to the file, apart from its bytes; undefined where it has to be read. What is to be said of
   * it is in `reports`.
   */
  recognize({ bytes, offset, byteLength }: ByteLine, line: number): RecordCounts | undefined {
    const known = bytes && this.#known.recognize(bytes);
    if (!known) return undefined;
    if (known.isCompared) this.#stretch.add(this.#known.keys, line, offset, byteLength);
    return known.counts;
  }

  /** On the record that was recognized last. */
  get reports(): readonly RatedReport[] {
    return this.#known.reports;
  }

  readonly onComparable = (): void => {
    this.#isComparable = true;
  };

  readonly onExample = (example: Example, reports: readonly RatedReport[]): void => {
    this.#example = example;
    this.#reports = reports;
  };

  endRecord(counts: RecordCounts, { offset, byteLength }: ByteLine, line: number): void {
    const [example, reports, isCompared] = [this.#example, this.#reports, this.#isComparable];
    this.#example = undefined;
    this.#isComparable = false;
    if (!example) return;
    if (isCompared) {
      this.#maker.make(comparedStrings(example), this.#keys);
      this.#stretch.add(this.#keys, line, offset, byteLength);
    }
    this.#known.learn(example, { counts, reports, isCompared });
  }

  /** What the records since the last call, or the first ones, are compared by. */
  endStretch(): KeyedStretch {
    return this.#stretch.end();
  }
}
