import { grown } from './grown.ts';
import { KeyTable } from './keyTable.ts';
import { maxComparedRecords } from './repetitions.ts';

/** Records that may have a hash in common: two or more, from 0 in the file, in order. */
export type HashGroup = Int32Array;

/** Pairs that there is room for at first. */
const firstRoom = 1024;

/** Which records of a file have a hash in common. Those that have it alone, nearly all, take 8 bytes of a table; others 8 more. */
export class HashGroups {
  readonly #firsts: KeyTable;
  /** In pairs: the first record with a hash, and another one. */
  #pairs = new Int32Array(2 * firstRoom);
  #length = 0;

  /** With room for so many hashes; it grows as it needs to. */
  constructor(expected: number) {
    this.#firsts = new KeyTable(expected);
  }

  /** Call with each record in turn, as often as it has hashes. */
  add(hash: number, record: number): void {
    const first = this.#firsts.add(hash, record);
    if (first === record) return;
    if (this.#length === this.#pairs.length) this.#pairs = grown(this.#pairs);
    this.#pairs[this.#length++] = first;
    this.#pairs[this.#length++] = record;
  }

  /** As they are now. Groups with the same first record are one: each may have more than one hash. */
  list(): ListedGroups {
    const keys = new Float64Array(this.#length / 2);
    for (let pair = 0; pair < keys.length; pair++) {
      const [first, record] = [this.#pairs[2 * pair] ?? 0, this.#pairs[2 * pair + 1] ?? 0];
      keys[pair] = first * maxComparedRecords + record;
    }
    return new ListedGroups(keys.sort());
  }
}

/** Groups in the order of their first records. */
export class ListedGroups {
  readonly #members: Int32Array;
  /** Where each group begins among the members; in the end where the last one ends. */
  readonly #starts: Int32Array;
  readonly length: number;

  /** `pairs` are the first record of a group, times `maxComparedRecords`, plus another one; sorted. */
  constructor(pairs: Float64Array) {
    const members = new Int32Array(2 * pairs.length);
    const starts = new Int32Array(pairs.length + 1);
    let [count, length] = [0, 0];
    let [lastFirst, last] = [-1, -1];
    for (const pair of pairs) {
      if (pair === last) continue;
      last = pair;
      const first = Math.floor(pair / maxComparedRecords);
      if (first !== lastFirst) {
        lastFirst = first;
        starts[length++] = count;
        members[count++] = first;
      }
      members[count++] = pair % maxComparedRecords;
    }
    starts[length] = count;
    this.#members = members.slice(0, count);
    this.#starts = starts.slice(0, length + 1);
    this.length = length;
  }

  /** Empty where there is none. */
  at(index: number): HashGroup {
    return this.#members.subarray(this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0);
  }

  /** All of their records, each once, in order. */
  *records(): Generator<number> {
    let last = -1;
    for (const record of this.#members.toSorted()) {
      if (record !== last) yield record;
      last = record;
    }
  }
}

export const noGroups = new ListedGroups(new Float64Array());
