import { compareRecords, type Comparison, type LocatedRecord } from '../dataset/compare.ts';
import type { Companion } from '../dataset/companion.ts';
import { digestText } from '../dataset/digest.ts';
import type { Fingerprint, ImageFingerprint } from '../dataset/fingerprint.ts';
import { Repetitions } from '../dataset/repetitions.ts';
import { decodeLine } from '../text/decodeLine.ts';

/** Reads a piece of the file again: `byteLength` bytes from `offset`. */
export type Reread = (offset: number, byteLength: number) => Uint8Array;

/** Where a record stands in the file. `offset` and `byteLength` are in bytes. */
export interface RecordPlace {
  readonly line: number;
  readonly offset: number;
  readonly byteLength: number;
}

interface FileRecord extends Fingerprint {
  readonly place: RecordPlace;
}

/** Records that are compared: a fingerprint takes some 300 bytes, and memory is bounded. No set in use is near it. */
const maxRecords = 250_000;

/** Which records of a streamed file are alike. */
export class FileRepetitions {
  readonly #repetitions = new Repetitions<FileRecord>();
  readonly #records: FileRecord[] = [];
  readonly #reread: Reread | undefined;
  /** SHA-256 of pictures, where the file cannot be read again. */
  readonly #digests = new Map<ImageFingerprint, string>();

  constructor(reread: Reread | undefined) {
    this.#reread = reread;
  }

  add(fingerprint: Fingerprint, bytes: Uint8Array, place: RecordPlace): void {
    if (this.#records.length === maxRecords) return;
    const record = { ...fingerprint, place };
    this.#records.push(record);
    this.#repetitions.add(record);
    if (this.#reread) return;
    const sampled = record.images.filter((image) => !image.isExact);
    if (sampled.length === 0) return;
    const { text } = decodeLine(bytes);
    for (const image of sampled) this.#digests.set(image, digestText(text, image.span));
  }

  compare(companion: Companion | undefined): Comparison {
    const located = this.#records.map((record) => ({ line: record.place.line, record }));
    return compareRecords(
      this.#repetitions,
      located,
      (at, image) => this.#digest(at, image),
      companion,
    );
  }

  /** A file that has become shorter since has nothing there; then nothing is said of the picture. */
  #digest(
    { record: { place } }: LocatedRecord<FileRecord>,
    image: ImageFingerprint,
  ): string | undefined {
    const known = this.#digests.get(image);
    if (known !== undefined || !this.#reread) return known;
    const bytes = this.#reread(place.offset, place.byteLength);
    if (bytes.length !== place.byteLength) return undefined;
    return digestText(decodeLine(bytes).text, image.span);
  }
}
