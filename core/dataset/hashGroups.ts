import { KeyTable } from './keyTable.ts';

/** Records that have a hash in common: two or more, from 0 in the file, in order. */
export type HashGroup = readonly number[];

/** Which records of a file have a hash in common. Those that have it alone, nearly all, take 8 bytes of a table. */
export class HashGroups {
  readonly #firsts: KeyTable;
  readonly #groups = new Map<number, number[]>();

  /** With room for so many hashes; it grows as it needs to. */
  constructor(expected: number) {
    this.#firsts = new KeyTable(expected);
  }

  /** Call with each record in turn, as often as it has hashes. */
  add(hash: number, record: number): void {
    const first = this.#firsts.add(hash, record);
    if (first === record) return;
    const group = this.#groups.get(hash);
    if (!group) this.#groups.set(hash, [first, record]);
    else if (group.at(-1) !== record) group.push(record);
  }

  /** In the order of their first records. */
  list(): readonly HashGroup[] {
    return [...this.#groups.values()].sort(([a = 0], [b = 0]) => a - b);
  }
}
