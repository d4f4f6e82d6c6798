import { randomInt } from 'node:crypto';

/** Cells of one entry: a hash, and the record plus 1, so that 0 is an empty one. */
const entrySize = 2;

/**
 * Tells where a hash belongs in a table: another place in each run. Else somebody could make a file whose hashes stand side by side, and
 * each search would go past all of them.
 */
const multiplier = 2 * randomInt(2 ** 31) + 1;

/** The first record with each hash: 8 bytes an entry and at most three times as much room again, where a `Map` takes 50 and more. */
export class KeyTable {
  #cells: Int32Array;
  /** Entries there is room for, less 1: a power of 2. */
  #mask: number;
  /** Bits of 32 that are too many to tell an entry. */
  #shift: number;
  #count = 0;

  /** With room for so many hashes; it grows as it needs to. */
  constructor(expected = 0) {
    const bits = Math.max(10, Math.ceil(Math.log2(2 * expected + 1)));
    this.#cells = new Int32Array(2 ** bits * entrySize);
    this.#mask = 2 ** bits - 1;
    this.#shift = 32 - bits;
  }

  /** The first record with a hash; this one, where there was none. */
  add(hash: number, record: number): number {
    if (2 * this.#count > this.#mask) this.#grow();
    const cell = this.#find(hash);
    const known = this.#cells[cell + 1] ?? 0;
    if (known > 0) return known - 1;
    this.#cells[cell] = hash;
    this.#cells[cell + 1] = record + 1;
    this.#count++;
    return record;
  }

  /** The cell where the hash stands, or belongs. */
  #find(hash: number): number {
    const cells = this.#cells;
    for (
      let entry = Math.imul(hash, multiplier) >>> this.#shift;
      ;
      entry = (entry + 1) & this.#mask
    ) {
      const cell = entry * entrySize;
      if (cells[cell + 1] === 0 || cells[cell] === hash) return cell;
    }
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(2 * old.length);
    this.#mask = 2 * this.#mask + 1;
    this.#shift--;
    for (let from = 0; from < old.length; from += entrySize) {
      const value = old[from + 1] ?? 0;
      if (value === 0) continue;
      const hash = old[from] ?? 0;
      const cell = this.#find(hash);
      this.#cells[cell] = hash;
      this.#cells[cell + 1] = value;
    }
  }
}
