import { constants } from 'node:buffer';
import { asBuffer } from './asBuffer.ts';
import { byteOrderMark } from './byteOrderMark.ts';
import { lineEndAt } from './lines.ts';
import type { LineEnd } from './lines.ts';

/** A line of a file. */
export interface ByteLine {
  /**
   * Without the line end; undefined if longer than the reader's limit. Valid until the next line is asked for: these
   * are the very bytes of a chunk, or of a buffer that the reader uses again.
   */
  readonly bytes: Buffer | undefined;
  /** Of the line without its line end, also when its bytes are left out. */
  readonly byteLength: number;
  readonly eol: LineEnd;
  /** Bytes before the line in the file, a byte order mark included. */
  readonly offset: number;
}

export interface LineReaderOptions {
  /** Longer lines are reported without their bytes. By default the longest text there can be, 512 MB. */
  readonly maxLineBytes?: number;
  /** Where in the file the bytes begin, with a line. 0 by default: only there is a byte order mark looked for. */
  readonly offset?: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing = Buffer.alloc(0);

/**
 * Cuts the bytes of a file, given in chunks of any size, into the lines that `splitLines` makes of its text. Memory
 * is bounded by the longest line that spans chunks.
 *
 * Call `read` with each chunk in turn, then `end`; take all the lines of one call before making the next.
 */
export class LineReader {
  readonly #maxLineBytes: number;
  /** The first bytes of the file, while they are no more than the start of a byte order mark. */
  #opening: Buffer | undefined = nothing;
  #hasBom = false;
  /** The start of a line whose end is in a later chunk: the first `#pendingLength` bytes of `#pending`. */
  #pending: Buffer = nothing;
  #pendingLength = 0;
  /** The pending line ends in a carriage return, the last byte so far: a line feed may follow. */
  #isReturnPending = false;
  /** Of the line that is read, in the file. */
  #offset: number;

  constructor({ maxLineBytes = constants.MAX_STRING_LENGTH, offset = 0 }: LineReaderOptions = {}) {
    this.#maxLineBytes = maxLineBytes;
    this.#offset = offset;
    if (offset > 0) this.#opening = undefined;
  }

  /** Whether the file starts with a UTF-8 byte order mark, which is no part of its first line, as in editors. */
  get hasBom(): boolean {
    return this.#hasBom;
  }

  /** The lines that end in this chunk. */
  *read(bytes: Uint8Array): Generator<ByteLine, void, undefined> {
    const chunk = this.#skipBom(asBuffer(bytes));
    if (chunk.length === 0) return;
    let start = 0;
    if (this.#isReturnPending) {
      start = chunk[0] === lineFeed ? 1 : 0;
      yield this.#close(nothing, start === 1 ? '\r\n' : '\r');
    }
    let feed = nextIndex(chunk, lineFeed, start);
    let carriage = nextIndex(chunk, carriageReturn, start);
    for (;;) {
      const end = Math.min(feed, carriage);
      const eol = lineEndAt(feed, carriage);
      const line = chunk.subarray(start, end);
      start = end + eol.length;
      this.#isReturnPending = eol === '\r' && start === chunk.length;
      if (eol === '' || this.#isReturnPending) {
        this.#keep(line);
        return;
      }
      yield this.#close(line, eol);
      if (feed < start) feed = nextIndex(chunk, lineFeed, start);
      if (carriage < start) carriage = nextIndex(chunk, carriageReturn, start);
    }
  }

  /** The last line, which no line end closes and which may be empty; before it a line that a last CR closes. */
  *end(): Generator<ByteLine, void, undefined> {
    if (this.#opening !== undefined) this.#keep(this.#opening);
    if (this.#isReturnPending) yield this.#close(nothing, '\r');
    yield this.#close(nothing, '');
  }

  /** What there is to read: nothing until three bytes, or one that differs, tell whether there is a mark. */
  #skipBom(chunk: Buffer): Buffer {
    if (this.#opening === undefined) return chunk;
    const opening = this.#opening.length === 0 ? chunk : Buffer.concat([this.#opening, chunk]);
    const head = opening.subarray(0, byteOrderMark.length);
    if (head.length < byteOrderMark.length && byteOrderMark.indexOf(head) === 0) {
      this.#opening = Buffer.from(opening);
      return nothing;
    }
    this.#opening = undefined;
    this.#hasBom = head.equals(byteOrderMark);
    this.#offset = this.#hasBom ? byteOrderMark.length : 0;
    return opening.subarray(this.#offset);
  }

  /** Sets the start of a line aside. Of a line over the limit only the length is known from then on. */
  #keep(part: Buffer): void {
    const length = this.#pendingLength + part.length;
    if (length <= this.#maxLineBytes) {
      if (length > this.#pending.length) this.#growTo(length);
      this.#pending.set(part, this.#pendingLength);
    }
    this.#pendingLength = length;
  }

  /** By doubling, so that a line in many chunks is copied twice and not once a chunk. */
  #growTo(length: number): void {
    const doubled = Math.min(this.#pending.length * 2, this.#maxLineBytes);
    const larger = Buffer.allocUnsafeSlow(Math.max(length, doubled));
    larger.set(this.#pending.subarray(0, this.#pendingLength));
    this.#pending = larger;
  }

  #close(part: Buffer, eol: LineEnd): ByteLine {
    let line = part;
    let byteLength = part.length;
    if (this.#pendingLength > 0) {
      this.#keep(part);
      byteLength = this.#pendingLength;
      line = this.#pending.subarray(0, byteLength);
      this.#pendingLength = 0;
    }
    const bytes = byteLength <= this.#maxLineBytes ? line : undefined;
    const offset = this.#offset;
    this.#offset += byteLength + eol.length;
    return { bytes, byteLength, eol, offset };
  }
}

/** Infinity if there is none, as in `splitLines`. */
function nextIndex(chunk: Buffer, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from);
  return index === -1 ? Infinity : index;
}
