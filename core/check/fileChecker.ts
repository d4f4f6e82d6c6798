import type { Companion } from '../dataset/companion.ts';
import type { Fingerprint } from '../dataset/fingerprint.ts';
import { releaseKeys } from '../dataset/stretchKeys.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { Utf16Detector } from '../text/utf16.ts';
import type { CheckContext } from './context.ts';
import { FileRepetitions, type Reread } from './fileRepetitions.ts';
import { FileSum, type FileReport } from './fileSum.ts';
import { RereadRepetitions } from './rereadRepetitions.ts';
import { StretchChecker } from './stretchChecker.ts';

export type { FileReport } from './fileSum.ts';

/** Bytes after which what was found is added up. */
const stretchBytes = 1 << 22;

/**
 * Checks a file of records from its bytes, given in chunks of any size. Memory is bounded by the longest line, by the
 * findings that are listed, by what `RecordJoiner` holds of a record that is spread over lines, and by what a million
 * examples are compared by: some 50 bytes each where the file can be read again, else 500.
 *
 * Call `read` with each chunk in turn, then `finish` once.
 */
export class FileChecker {
  readonly #opening = new Utf16Detector();
  readonly #lines = new LineReader();
  readonly #checker: StretchChecker;
  readonly #sum: FileSum;
  readonly #companion: Companion | undefined;
  #bytes = 0;
  /** Bytes that were read before the stretch. */
  #summedBytes = 0;

  /**
   * Lists at most `maxFindings` of the findings; counts all of them. Pictures that look alike are compared through
   * `reread`; without it, as on standard input, each image over 4 KB is hashed as it comes. What another file will be
   * compared with goes into `companion`.
   */
  constructor(
    context: CheckContext,
    maxFindings = Infinity,
    reread?: Reread,
    companion?: Companion,
  ) {
    this.#companion = companion;
    if (reread && !companion && canBeQuick(context)) {
      this.#sum = new FileSum(context, maxFindings, new RereadRepetitions(reread));
      this.#checker = new StretchChecker(context);
    } else {
      const repetitions = new FileRepetitions(reread);
      this.#sum = new FileSum(context, maxFindings, repetitions);
      this.#checker = new StretchChecker(context, {
        onExample: (example, at, line) => this.#compare(repetitions, example, at, line),
      });
    }
    this.#checker.start(this.#sum.nextStart);
  }

  /** Records read so far. */
  get records(): number {
    return this.#sum.records + this.#checker.records;
  }

  read(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    this.#read(this.#opening.take(chunk));
    if (this.#bytes - this.#summedBytes >= stretchBytes) this.#addUp();
  }

  finish(): FileReport {
    this.#read(this.#opening.end());
    if (!this.#opening.isUtf16) for (const line of this.#lines.end()) this.#checker.add(line);
    this.#addUp();
    return this.#sum.finish({
      bytes: this.#bytes,
      isUtf16: this.#opening.isUtf16,
      hasByteOrderMark: this.#lines.hasBom,
    });
  }

  #read(chunk: Uint8Array): void {
    if (this.#opening.isUtf16) return;
    for (const line of this.#lines.read(chunk)) this.#checker.add(line);
  }

  #addUp(): void {
    const stretch = this.#checker.end();
    this.#sum.add(stretch);
    releaseKeys(stretch.keys);
    this.#summedBytes = this.#bytes;
    this.#checker.start(this.#sum.nextStart);
  }

  #compare(
    repetitions: FileRepetitions,
    example: Fingerprint,
    { bytes, offset, byteLength }: ByteLine,
    lineInStretch: number,
  ): void {
    if (!bytes) return;
    const line = this.#sum.lineCount + lineInStretch;
    repetitions.add(example, bytes, { line, offset, byteLength });
    this.#companion?.add(example, () => decodeLine(bytes).text, line);
  }
}

/**
 * Whether most records of a file need not be read. With another file all of a record is compared, and what was learnt is of
 * single images.
 */
export function canBeQuick({ companion, learnt }: CheckContext): boolean {
  return !companion && !learnt;
}
