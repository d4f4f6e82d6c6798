/**
 * How items are summed up: a monoid, so `add` is associative and `zero` changes nothing. Sums are kept in every node
 * of a tree and made anew on the path of each change: both functions have to be cheap and exact.
 */
export interface Measure<Item, M> {
  readonly zero: M;
  of(item: Item): M;
  /** The sum of `of` over some items, where that can be had for less than adding them up one by one. */
  ofAll?(items: readonly Item[]): M;
  add(a: M, b: M): M;
}

/**
 * An immutable leaf tree, balanced as an AVL tree: the heights of two siblings differ by one at most. Every leaf is at
 * least half full, unless it is the whole tree. Changes go through `split` and `join` ("Just Join for Parallel Ordered
 * Sets", Blelloch et al. 2016), which share all the subtrees that they do not cut.
 */
export type Tree<Item, M> = Leaf<Item, M> | Branch<Item, M>;

export interface Leaf<Item, M> {
  readonly kind: 'leaf';
  readonly height: 0;
  readonly length: number;
  readonly measure: M;
  readonly items: readonly Item[];
}

export interface Branch<Item, M> {
  readonly kind: 'branch';
  readonly height: number;
  readonly length: number;
  readonly measure: M;
  readonly left: Tree<Item, M>;
  readonly right: Tree<Item, M>;
}

/** Items of a full leaf: more make a change dearer, fewer make the tree larger. */
export const maxLeafLength = 64;
const minLeafLength = maxLeafLength / 2;

/** A tree of `items[from]` to `items[to - 1]`. Halving keeps leaves half full and heights one apart at most. */
export function treeOf<Item, M>(
  measure: Measure<Item, M>,
  items: readonly Item[],
  from = 0,
  to = items.length,
): Tree<Item, M> {
  if (to - from <= maxLeafLength) return leaf(measure, items.slice(from, to));
  const middle = (from + to) >>> 1;
  return branch(measure, treeOf(measure, items, from, middle), treeOf(measure, items, middle, to));
}

/** The items of `left`, then those of `right`; as much work as their heights differ. */
export function join<Item, M>(
  measure: Measure<Item, M>,
  left: Tree<Item, M>,
  right: Tree<Item, M>,
): Tree<Item, M> {
  if (left.length === 0) return right;
  if (right.length === 0) return left;
  if (left.kind === 'branch' && (left.height > right.height + 1 || isSparse(right))) {
    return balance(measure, left.left, join(measure, left.right, right));
  }
  if (right.kind === 'branch' && (right.height > left.height + 1 || isSparse(left))) {
    return balance(measure, join(measure, left, right.left), right.right);
  }
  if (left.kind === 'leaf' && right.kind === 'leaf' && (isSparse(left) || isSparse(right))) {
    return treeOf(measure, [...left.items, ...right.items]);
  }
  return branch(measure, left, right);
}

/** The first `index` items, and the others. */
export function split<Item, M>(
  measure: Measure<Item, M>,
  tree: Tree<Item, M>,
  index: number,
): readonly [Tree<Item, M>, Tree<Item, M>] {
  if (tree.kind === 'leaf') {
    return [leaf(measure, tree.items.slice(0, index)), leaf(measure, tree.items.slice(index))];
  }
  const { left, right } = tree;
  if (index === left.length) return [left, right];
  if (index < left.length) {
    const [before, after] = split(measure, left, index);
    return [before, join(measure, after, right)];
  }
  const [before, after] = split(measure, right, index - left.length);
  return [join(measure, left, before), after];
}

/** With other items in the place of as many from an index on: the tree keeps its shape, and nothing is cut or balanced. */
export function replace<Item, M>(
  measure: Measure<Item, M>,
  tree: Tree<Item, M>,
  from: number,
  items: readonly Item[],
): Tree<Item, M> {
  if (items.length === 0) return tree;
  if (tree.kind === 'leaf')
    return leaf(measure, tree.items.toSpliced(from, items.length, ...items));
  const { left, right } = tree;
  const inLeft = Math.min(Math.max(left.length - from, 0), items.length);
  return branch(
    measure,
    replace(measure, left, from, items.slice(0, inLeft)),
    replace(measure, right, Math.max(from - left.length, 0), items.slice(inLeft)),
  );
}

/** Joins neighbours whose heights differ by two at most, which one rotation repairs. */
function balance<Item, M>(
  measure: Measure<Item, M>,
  left: Tree<Item, M>,
  right: Tree<Item, M>,
): Branch<Item, M> {
  if (left.kind === 'branch' && left.height > right.height + 1) {
    const { left: outer, right: inner } = left;
    return inner.kind === 'branch' && inner.height > outer.height
      ? four(measure, outer, inner.left, inner.right, right)
      : branch(measure, outer, branch(measure, inner, right));
  }
  if (right.kind === 'branch' && right.height > left.height + 1) {
    const { left: inner, right: outer } = right;
    return inner.kind === 'branch' && inner.height > outer.height
      ? four(measure, left, inner.left, inner.right, outer)
      : branch(measure, branch(measure, left, inner), outer);
  }
  return branch(measure, left, right);
}

function four<Item, M>(
  measure: Measure<Item, M>,
  ...[a, b, c, d]: readonly [Tree<Item, M>, Tree<Item, M>, Tree<Item, M>, Tree<Item, M>]
): Branch<Item, M> {
  return branch(measure, branch(measure, a, b), branch(measure, c, d));
}

/** A leaf that may not become a part of a branch as it is. */
function isSparse(tree: Tree<unknown, unknown>): boolean {
  return tree.length < minLeafLength;
}

function leaf<Item, M>(measure: Measure<Item, M>, items: readonly Item[]): Leaf<Item, M> {
  return {
    kind: 'leaf',
    height: 0,
    length: items.length,
    measure: measureAll(measure, items),
    items,
  };
}

/** The measure of some items. */
export function measureAll<Item, M>(measure: Measure<Item, M>, items: readonly Item[]): M {
  if (measure.ofAll) return measure.ofAll(items);
  let sum = measure.zero;
  for (const item of items) sum = measure.add(sum, measure.of(item));
  return sum;
}

function branch<Item, M>(
  measure: Measure<Item, M>,
  left: Tree<Item, M>,
  right: Tree<Item, M>,
): Branch<Item, M> {
  return {
    kind: 'branch',
    height: Math.max(left.height, right.height) + 1,
    length: left.length + right.length,
    measure: measure.add(left.measure, right.measure),
    left,
    right,
  };
}
