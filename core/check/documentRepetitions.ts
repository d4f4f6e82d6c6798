import { compareRecords, type Comparison, type LocatedRecord } from '../dataset/compare.ts';
import type { Companion } from '../dataset/companion.ts';
import { digestText } from '../dataset/digest.ts';
import type { Fingerprint, ImageFingerprint } from '../dataset/fingerprint.ts';
import { Repetitions } from '../dataset/repetitions.ts';
import type { LineStore } from '../text/lineStore.ts';
import type { CheckedRecord } from './checkRecord.ts';
import type { DocumentMeasure } from './documentMeasure.ts';

type Store = LineStore<CheckedRecord, DocumentMeasure>;

/**
 * Which records of an open document are alike. It follows the newest version of the document from edit to edit, line
 * by line; an older version that is asked afterwards reads all of its records again.
 */
export class DocumentRepetitions {
  readonly #repetitions = new Repetitions();
  /** SHA-256 of pictures that look alike by length and samples. They go with their records. */
  readonly #digests = new WeakMap<ImageFingerprint, string>();

  static of(store: Store): DocumentRepetitions {
    const repetitions = new DocumentRepetitions();
    for (const { note } of store.lines()) if (note) repetitions.add([note]);
    return repetitions;
  }

  add(records: readonly CheckedRecord[]): void {
    for (const { fingerprint } of records) if (fingerprint) this.#repetitions.add(fingerprint);
  }

  /** Forgets the lines from `from` to before `to`, as far as they were checked. */
  removeLines(store: Store, from: number, to: number): void {
    let line = from;
    for (const { note } of store.lines(from)) {
      if (line++ === to) break;
      if (note?.fingerprint) this.#repetitions.remove(note.fingerprint);
    }
  }

  compare(store: Store, companion: Companion | undefined): Comparison {
    const digest = ({ line }: LocatedRecord<Fingerprint>, image: ImageFingerprint): string => {
      const known = this.#digests.get(image) ?? digestText(store.line(line).text, image.span);
      this.#digests.set(image, known);
      return known;
    };
    return compareRecords(this.#repetitions, locate(store), digest, companion);
  }
}

function* locate(store: Store): Generator<LocatedRecord<Fingerprint>> {
  let line = 0;
  for (const { note } of store.lines()) {
    if (note?.fingerprint) yield { line, record: note.fingerprint };
    line++;
  }
}
