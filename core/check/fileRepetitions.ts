import { compareRecords, type Comparison } from '../dataset/compare.ts';
import type { Companion } from '../dataset/companion.ts';
import { digest } from '../dataset/digest.ts';
import type { Fingerprint, ImageFingerprint } from '../dataset/fingerprint.ts';
import { maxComparedRecords, Repetitions } from '../dataset/repetitions.ts';
import { decodeLine } from '../text/decodeLine.ts';
import type { Comparer } from './fileSum.ts';

/** Reads a piece of the file again: `byteLength` bytes from `offset`, fewer where the file has become shorter. */
export type Reread = (offset: number, byteLength: number) => Uint8Array;

/** Where a record stands in the file. `offset` and `byteLength` are in bytes. */
export interface RecordPlace {
  readonly line: number;
  readonly offset: number;
  readonly byteLength: number;
}

interface FileRecord extends Fingerprint, RecordPlace {}

/** Which records of a streamed file are alike. */
export class FileRepetitions implements Comparer {
  readonly #repetitions = new Repetitions<FileRecord>();
  readonly #records: FileRecord[] = [];
  readonly #reread: Reread | undefined;
  /** Of all of an image that was sampled; where the file cannot be read again, made while it is at hand. */
  readonly #digests = new Map<ImageFingerprint, string>();

  constructor(reread: Reread | undefined) {
    this.#reread = reread;
  }

  add(fingerprint: Fingerprint, bytes: Uint8Array, place: RecordPlace): void {
    if (this.#records.length === maxComparedRecords) return;
    const record = { ...fingerprint, ...place };
    this.#records.push(record);
    this.#repetitions.add(record);
    if (!this.#reread) this.#digestImages(record, bytes);
  }

  compare(companion: Companion | undefined): Comparison {
    this.#repetitions.accompany(companion, this.#records);
    return compareRecords(
      this.#repetitions,
      (visit) => this.#records.forEach((record) => visit(record, record.line)),
      (image, record) => {
        if (!this.#digests.has(image)) this.#readAgain(record);
        return this.#digests.get(image);
      },
    );
  }

  /** Of a file that has become shorter there is nothing to read; then nothing is said of the image. */
  #readAgain(record: FileRecord): void {
    const bytes = this.#reread?.(record.offset, record.byteLength);
    if (bytes?.length === record.byteLength) this.#digestImages(record, bytes);
  }

  #digestImages({ images }: FileRecord, bytes: Uint8Array): void {
    const sampled = images.filter(({ isSampled }) => isSampled);
    if (sampled.length === 0) return;
    const { text } = decodeLine(bytes);
    for (const image of sampled) {
      this.#digests.set(image, digest(text.slice(image.span.start, image.span.end)));
    }
  }
}
