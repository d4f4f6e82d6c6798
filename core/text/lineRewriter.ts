import { byteOrderMark, markLength } from './byteOrderMark.ts';
import { LineReader, type ByteLine } from './lineReader.ts';

/** A line of a file that is rewritten. */
export interface WholeLine {
  /** From 0. */
  readonly line: number;
  readonly bytes: Buffer;
  readonly eol: string;
  /** Its bytes with its line end. */
  readonly whole: Buffer;
}

/** Gives new bytes for lines, which may be kept; line ends included. */
export type RewriteLines = (lines: readonly WholeLine[]) => AsyncIterable<Uint8Array>;

/**
 * Rewrites a file line by line from its bytes, given in chunks of any size; a byte order mark stays. Memory is bounded by the
 * lines that end in one chunk. A file that is one record, formatted over many lines, is held and rewritten as one line.
 *
 * Call `read` with each chunk in turn, then `finish` once; write what comes back before asking for more of it.
 */
export class LineRewriter {
  readonly #rewrite: RewriteLines;
  readonly #lines = new LineReader();
  readonly #chunks: Buffer[] | undefined;
  #line = 0;
  #isStarted = false;
  #tooLong: number | undefined;

  constructor({ isRecord }: { readonly isRecord: boolean }, rewrite: RewriteLines) {
    this.#chunks = isRecord ? [] : undefined;
    this.#rewrite = rewrite;
  }

  /** The line, from 0, that is longer than any text, and cannot be written again: reading it was in vain. */
  get tooLongLine(): number | undefined {
    return this.#tooLong;
  }

  async *read(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
    if (this.#chunks) this.#chunks.push(Buffer.from(chunk));
    else yield* this.#rewriteLines(this.#lines.read(chunk));
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    if (!this.#chunks) {
      yield* this.#rewriteLines(this.#lines.end());
      return;
    }
    const bytes = Buffer.concat(this.#chunks);
    const mark = markLength(bytes);
    yield bytes.subarray(0, mark);
    const record = bytes.subarray(mark);
    yield* this.#rewrite([{ line: 0, bytes: record, eol: '', whole: record }]);
  }

  async *#rewriteLines(lines: Iterable<ByteLine>): AsyncGenerator<Uint8Array> {
    const ended: WholeLine[] = [];
    for (const { bytes, eol } of lines) {
      const line = this.#line++;
      if (!bytes) {
        this.#tooLong ??= line;
        continue;
      }
      // The reader uses its bytes again.
      const whole = Buffer.concat([bytes, Buffer.from(eol)]);
      ended.push({ line, bytes: whole.subarray(0, bytes.length), eol, whole });
    }
    if (ended.length === 0) return;
    // The first line may be as long as many chunks.
    if (!this.#isStarted && this.#lines.hasBom) yield byteOrderMark;
    this.#isStarted = true;
    yield* this.#rewrite(ended);
  }
}
