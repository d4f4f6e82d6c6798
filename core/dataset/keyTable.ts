/** Cells of one entry: two hashes, and the record plus 1, so that 0 is an empty one. */
const entrySize = 3;

/** The first record with each pair of hashes: 12 bytes an entry and at most as much room again, where a `Map` takes 100. */
export class KeyTable {
  #cells = new Int32Array(1024 * entrySize);
  #mask = 1023;
  #count = 0;

  /** The first record with the key that stands at an index of a list; this one, where there was none. */
  add(keys: Int32Array, index: number, record: number): number {
    if (2 * this.#count > this.#mask) this.#grow();
    const [first, second] = [keys[index] ?? 0, keys[index + 1] ?? 0];
    const cell = this.#find(first, second);
    const known = this.#cells[cell + 2] ?? 0;
    if (known > 0) return known - 1;
    this.#put(cell, first, second, record + 1);
    this.#count++;
    return record;
  }

  /** The cell where the key stands, or belongs. */
  #find(first: number, second: number): number {
    for (let entry = first & this.#mask; ; entry = (entry + 1) & this.#mask) {
      const cell = entry * entrySize;
      if (this.#cells[cell + 2] === 0) return cell;
      if (this.#cells[cell] === first && this.#cells[cell + 1] === second) return cell;
    }
  }

  #put(cell: number, first: number, second: number, value: number): void {
    this.#cells[cell] = first;
    this.#cells[cell + 1] = second;
    this.#cells[cell + 2] = value;
  }

  #grow(): void {
    const old = this.#cells;
    this.#cells = new Int32Array(2 * old.length);
    this.#mask = 2 * this.#mask + 1;
    for (let cell = 0; cell < old.length; cell += entrySize) {
      const value = old[cell + 2] ?? 0;
      if (value === 0) continue;
      const [first, second] = [old[cell] ?? 0, old[cell + 1] ?? 0];
      this.#put(this.#find(first, second), first, second, value);
    }
  }
}
