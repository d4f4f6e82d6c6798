import type { FileEncoding, InvalidByteAt } from '../dataset/encoding.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { Utf16Detector } from '../text/utf16.ts';

/** Lines whose bytes that are not UTF-8 are noted; a file with more is in another encoding. */
const maxInvalid = 1000;

/**
 * Finds in the bytes of a file, given in chunks of any size, what its text does not tell; nothing of it is parsed. Call
 * `read` with each chunk in turn, then `finish` once.
 */
export class EncodingReader {
  readonly #opening = new Utf16Detector();
  readonly #lines = new LineReader();
  readonly #invalidBytes: InvalidByteAt[] = [];
  #line = 0;
  #loneReturns = 0;
  #firstLoneReturn: number | undefined;

  read(chunk: Uint8Array): void {
    this.#read(this.#opening.take(chunk));
  }

  finish(): FileEncoding {
    this.#read(this.#opening.end());
    if (!this.#opening.isUtf16) for (const line of this.#lines.end()) this.#readLine(line);
    return {
      ...(this.#opening.isUtf16 && { isUtf16: true }),
      hasByteOrderMark: this.#lines.hasBom,
      loneReturns: this.#loneReturns,
      firstLoneReturn: this.#firstLoneReturn,
      invalidBytes: this.#invalidBytes,
    };
  }

  /** As many as an editor shows of the file; undefined where they cannot be counted. */
  get lineCount(): number | undefined {
    return this.#opening.isUtf16 ? undefined : this.#line;
  }

  #read(chunk: Uint8Array): void {
    if (this.#opening.isUtf16) return;
    for (const line of this.#lines.read(chunk)) this.#readLine(line);
  }

  #readLine({ bytes, eol }: ByteLine): void {
    const line = this.#line++;
    if (eol === '\r') {
      this.#loneReturns++;
      this.#firstLoneReturn ??= line;
    }
    if (!bytes || this.#invalidBytes.length === maxInvalid) return;
    const { invalid } = decodeLine(bytes);
    if (invalid) this.#invalidBytes.push({ ...invalid, line });
  }
}
