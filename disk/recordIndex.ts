import { isBlank } from '../core/record/isBlank.ts';
import { LineReader, type ByteLine } from '../core/text/lineReader.ts';

/** Longer lines are taken for records without a look at their bytes, so that none is copied. */
const maxLookedAt = 1 << 16;

/** Where the records of a file stand: 20 bytes for each, whatever their size. Call `read` with each chunk, then `finish`. */
export class RecordIndex {
  readonly #lines = new LineReader({ maxLineBytes: maxLookedAt });
  #offsets = new Float64Array(1024);
  #lengths = new Float64Array(1024);
  #lineNumbers = new Uint32Array(1024);
  #count = 0;
  #line = 0;
  #isComplete = false;

  /** Records known so far. */
  get count(): number {
    return this.#count;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  read(chunk: Uint8Array): void {
    for (const line of this.#lines.read(chunk)) this.#add(line);
  }

  finish(): void {
    for (const line of this.#lines.end()) this.#add(line);
    this.#isComplete = true;
  }

  /** Offset and length in bytes, line from 0. Undefined where there is no such record. */
  at(index: number): { offset: number; byteLength: number; line: number } | undefined {
    if (index < 0 || index >= this.#count) return undefined;
    return {
      offset: this.#offsets[index] ?? 0,
      byteLength: this.#lengths[index] ?? 0,
      line: this.#lineNumbers[index] ?? 0,
    };
  }

  /** The record on a line, or the first one below it; `count` where there is none. */
  fromLine(line: number): number {
    return this.#search(this.#lineNumbers, line);
  }

  /** The record that holds a byte, or the first one behind it; `count` where there is none. */
  fromOffset(offset: number): number {
    const next = this.#search(this.#offsets, offset + 1);
    const before = this.at(next - 1);
    return before && offset < before.offset + before.byteLength ? next - 1 : next;
  }

  /** How many values are less, of those that rise from record to record. */
  #search(values: Float64Array | Uint32Array, wanted: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #add({ bytes, byteLength, offset }: ByteLine): void {
    const line = this.#line++;
    if (byteLength === 0 || (bytes && isBlank(bytes))) return;
    if (this.#count === this.#offsets.length) this.#grow();
    this.#offsets[this.#count] = offset;
    this.#lengths[this.#count] = byteLength;
    this.#lineNumbers[this.#count] = line;
    this.#count++;
  }

  #grow(): void {
    const length = this.#count * 2;
    const offsets = new Float64Array(length);
    offsets.set(this.#offsets);
    this.#offsets = offsets;
    const lengths = new Float64Array(length);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
    const lineNumbers = new Uint32Array(length);
    lineNumbers.set(this.#lineNumbers);
    this.#lineNumbers = lineNumbers;
  }
}
