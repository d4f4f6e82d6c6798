import { join, measureAll, replace, split, treeOf } from './measuredTree.ts';
import type { Leaf, Measure, Tree } from './measuredTree.ts';

export type { Measure } from './measuredTree.ts';

/** An item found by what comes before it. */
export interface Found<M> {
  readonly index: number;
  /** The measure of all items before it. */
  readonly before: M;
}

/**
 * An immutable list that knows the measure of all its items and of any number of its first items, and from which
 * another list differing in a few places is made in O(log n), sharing the rest.
 */
export class MeasuredSequence<Item, M> {
  readonly #tree: Tree<Item, M>;
  readonly #measure: Measure<Item, M>;

  private constructor(tree: Tree<Item, M>, measure: Measure<Item, M>) {
    this.#tree = tree;
    this.#measure = measure;
  }

  static from<Item, M>(items: readonly Item[], measure: Measure<Item, M>) {
    return new MeasuredSequence(treeOf(measure, items), measure);
  }

  get length(): number {
    return this.#tree.length;
  }

  /** Of all items. */
  get measure(): M {
    return this.#tree.measure;
  }

  /** Levels of branches above the leaves: at most 1.44 · log2 of the number of leaves. */
  get height(): number {
    return this.#tree.height;
  }

  /** Throws a RangeError unless `0 <= index < length`. */
  at(index: number): Item {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`No item ${index}`);
    const { leaf, start } = this.#leafAt(index);
    return leaf.items[index - start] as Item;
  }

  /** With `items` in the place of those from index `from` up to, not including, `to`. O(log n + items). */
  splice(from: number, to: number, items: readonly Item[]): MeasuredSequence<Item, M> {
    const first = clamp(from, 0, this.length);
    const last = clamp(to, first, this.length);
    if (last - first === items.length) {
      // A keystroke, and what is found of it.
      return new MeasuredSequence(replace(this.#measure, this.#tree, first, items), this.#measure);
    }
    const [rest, right] = split(this.#measure, this.#tree, last);
    const [left] = split(this.#measure, rest, first);
    const middle = join(this.#measure, left, treeOf(this.#measure, items));
    return new MeasuredSequence(join(this.#measure, middle, right), this.#measure);
  }

  /** The measure of the first `count` items. O(log n). */
  before(count: number): M {
    if (count >= this.length) return this.measure;
    if (count <= 0) return this.#measure.zero;
    const { leaf, start, before } = this.#leafAt(count);
    return this.#measure.add(before, measureAll(this.#measure, leaf.items.slice(0, count - start)));
  }

  /**
   * The first item with which the measure of all items up to it, itself included, passes the test. The test has to be
   * monotone: once passed, it is passed by every longer stretch. O(log n).
   */
  find(isReached: (measure: M) => boolean): Found<M> | undefined {
    let before = this.#measure.zero;
    let index = 0;
    let tree = this.#tree;
    while (tree.kind === 'branch') {
      const sum = this.#measure.add(before, tree.left.measure);
      if (isReached(sum)) {
        tree = tree.left;
      } else {
        before = sum;
        index += tree.left.length;
        tree = tree.right;
      }
    }
    for (const item of tree.items) {
      const sum = this.#measure.add(before, this.#measure.of(item));
      if (isReached(sum)) return { index, before };
      before = sum;
      index++;
    }
    return undefined;
  }

  /** The items from an index on, leaf by leaf. */
  *items(from = 0): Generator<Item, void, undefined> {
    for (let index = Math.max(from, 0); index < this.length;) {
      const { leaf, start } = this.#leafAt(index);
      for (const item of leaf.items.slice(index - start)) yield item;
      index = start + leaf.length;
    }
  }

  /**
   * The items of all leaves whose measure passes a test, in order, with their indexes. Stretches whose measure does not pass are
   * passed over: it has to hold for any stretch around one that it holds for.
   */
  *itemsWhere(mayHold: (measure: M) => boolean): Generator<readonly [index: number, item: Item]> {
    const left: { readonly tree: Tree<Item, M>; readonly start: number }[] = [
      { tree: this.#tree, start: 0 },
    ];
    for (let next = left.pop(); next; next = left.pop()) {
      const { tree, start } = next;
      if (!mayHold(tree.measure)) continue;
      if (tree.kind === 'branch') {
        left.push({ tree: tree.right, start: start + tree.left.length });
        left.push({ tree: tree.left, start });
      } else {
        for (const [index, item] of tree.items.entries()) yield [start + index, item];
      }
    }
  }

  /** The same items with other measures of the same kind, item by item. */
  map(change: (item: Item) => Item): MeasuredSequence<Item, M> {
    return MeasuredSequence.from(Array.from(this.items(), change), this.#measure);
  }

  /** The leaf that holds an item, with the index of its first item and the measure of all items before that one. */
  #leafAt(index: number): { leaf: Leaf<Item, M>; start: number; before: M } {
    let before = this.#measure.zero;
    let start = 0;
    let tree = this.#tree;
    while (tree.kind === 'branch') {
      if (index < start + tree.left.length) {
        tree = tree.left;
      } else {
        before = this.#measure.add(before, tree.left.measure);
        start += tree.left.length;
        tree = tree.right;
      }
    }
    return { leaf: tree, start, before };
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
