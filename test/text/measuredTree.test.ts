import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { join, maxLeafLength, split, treeOf } from '../../core/text/measuredTree.ts';
import type { Measure, Tree } from '../../core/text/measuredTree.ts';

describe('A measured tree', () => {
  it('is balanced and half filled when it is built from any number of items', () => {
    for (let count = 0; count < 400; count++) assertBalanced(treeOf(sum, ones(count)));
  });

  it('stays so however it is cut and put together again', () => {
    let tree = treeOf(sum, ones(2000));
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 70 }), fc.nat({ max: 70 }), (at, removed, added) => {
        const [left, rest] = split(sum, tree, at % (tree.length + 1));
        const [middle, right] = split(sum, rest, Math.min(removed, rest.length));
        for (const part of [left, middle, right]) assertBalanced(part);
        const length = tree.length - middle.length + added;
        tree = join(sum, join(sum, left, treeOf(sum, ones(added))), right);
        assertBalanced(tree);
        assert.equal(tree.length, length);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('stays so when trees of very different heights are put together', () => {
    for (const [few, many] of [
      [1, 20_000],
      [31, 3000],
      [64, 9000],
      [700, 20_000],
    ] as const) {
      assertBalanced(join(sum, treeOf(sum, ones(few)), treeOf(sum, ones(many))));
      assertBalanced(join(sum, treeOf(sum, ones(many)), treeOf(sum, ones(few))));
    }
  });
});

const sum: Measure<number, number> = { zero: 0, of: (item) => item, add: (a, b) => a + b };

function ones(count: number): number[] {
  return new Array<number>(count).fill(1);
}

function assertBalanced(tree: Tree<number, number>): void {
  assert.equal(tree.measure, tree.length);
  if (tree.kind === 'leaf') {
    assert.ok(tree.length <= maxLeafLength);
    assert.equal(tree.items.length, tree.length);
    return;
  }
  const { left, right } = tree;
  assert.ok(Math.abs(left.height - right.height) <= 1, 'heights of siblings');
  assert.equal(tree.height, Math.max(left.height, right.height) + 1);
  for (const child of [left, right]) {
    assert.ok(child.length >= maxLeafLength / 2, 'items of a leaf in a branch');
    assertBalanced(child);
  }
}
