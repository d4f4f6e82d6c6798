interface OnLine {
  readonly line: number;
}

/** More changes at once than this cost more, one by one, than making the list anew. */
const fewLines = 16;

/**
 * Some records of a document in the order of their lines: a list that is made when it is asked for, and follows what one
 * keystroke changes.
 */
export class RecordsByLine<T extends OnLine> {
  #list: T[] | undefined;

  list(makeList: () => T[]): readonly T[] {
    return (this.#list ??= makeList());
  }

  /** Call before an edit of so many lines. */
  prepare(lines: number): void {
    if (lines > fewLines) this.#list = undefined;
  }

  add(record: T): void {
    this.#list?.splice(this.#indexOf(record.line), 0, record);
  }

  /** One that is in it, as long as its line is the one it was added with, or has moved as the others did. */
  remove(record: T): void {
    this.#list?.splice(this.#indexOf(record.line), 1);
  }

  /** Of the first record on the line or below. */
  #indexOf(line: number): number {
    const list = this.#list ?? [];
    let [from, to] = [0, list.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((list[middle]?.line ?? Infinity) < line) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
