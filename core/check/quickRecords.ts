import { comparedStrings } from '../dataset/comparedStrings.ts';
import type { Comparison } from '../dataset/compare.ts';
import { KeyMaker, QuickKeys } from '../dataset/quickKeys.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import type { Example } from '../record/example.ts';
import type { ByteLine } from '../text/lineReader.ts';
import { isOfImage, type CheckedRecord, type RatedReport } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import type { Reread } from './fileRepetitions.ts';
import { KnownRecords } from './knownRecords.ts';
import { RereadRepetitions } from './rereadRepetitions.ts';

/**
 * The short way through a file that can be read again: most of its records are like one that was checked before, and are
 * compared by hashes. Ask `recognize` of each line; of one that is not recognized, check it with `onComparable`, then
 * call `endRecord`.
 */
export class QuickRecords {
  readonly #known: KnownRecords;
  readonly #repetitions: RereadRepetitions;
  readonly #keys = new QuickKeys();
  readonly #maker = new KeyMaker();
  #example: Example | undefined;

  constructor(context: CheckContext, reread: Reread) {
    this.#known = new KnownRecords(context);
    this.#repetitions = new RereadRepetitions(reread);
  }

  /**
   * What the record on a line adds to the file, apart from its bytes; undefined where it has to be read. What is to be said of
   * it is in `reports`.
   */
  recognize({ bytes, offset, byteLength }: ByteLine, line: number): RecordCounts | undefined {
    const known = bytes && this.#known.recognize(bytes);
    if (!known) return undefined;
    this.#repetitions.add(this.#known.keys, line, offset, byteLength);
    return known.counts;
  }

  /** On the record that was recognized last. */
  get reports(): readonly RatedReport[] {
    return this.#known.reports;
  }

  readonly onComparable = (example: Example): void => {
    this.#example = example;
  };

  endRecord(checked: CheckedRecord, { offset, byteLength }: ByteLine, line: number): void {
    const example = this.#example;
    this.#example = undefined;
    if (!example) return;
    this.#maker.make(comparedStrings(example), this.#keys);
    this.#repetitions.add(this.#keys, line, offset, byteLength);
    if (checked.findings.every(isOfImage)) this.#known.learn(example, checked);
  }

  compare(): Comparison {
    return this.#repetitions.compare();
  }
}
