import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { HashGroups } from '../../core/dataset/hashGroups.ts';

/** Few hashes, of which some differ in their upper bits alone; or any. */
const anyHash = fc.oneof(
  fc.constantFrom(0, 1, -1, 31, 1 << 24, (1 << 24) + 1, 3 << 30, 0x7fff_ffff),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);

describe('HashGroups', () => {
  it('puts together what has a hash in common with the same first record, in order', () => {
    const anyRecords = fc.array(fc.array(anyHash, { maxLength: 4 }), { maxLength: 60 });
    fc.assert(
      fc.property(anyRecords, fc.nat({ max: 100 }), (records, expected) => {
        const groups = new HashGroups(expected);
        const firsts = new Map<number, number>();
        const wanted = records.map((_, record) => new Set([record]));
        for (const [record, hashes] of records.entries()) {
          for (const hash of hashes) {
            groups.add(hash, record);
            const first = firsts.get(hash) ?? record;
            firsts.set(hash, first);
            wanted[first]?.add(record);
          }
        }
        const list = groups.list();
        const shared = wanted.filter(({ size }) => size > 1).map((group) => [...group]);
        assert.deepEqual(
          Array.from({ length: list.length }, (_, index) => [...list.at(index)]),
          shared,
        );
        const all = [...new Set(shared.flat())].sort((a, b) => a - b);
        assert.deepEqual([...list.records()], all);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('has room for as many as there are', () => {
    const groups = new HashGroups(0);
    for (let record = 0; record < 10_000; record++) groups.add(record % 10, record);
    const list = groups.list();
    assert.equal(list.length, 10);
    assert.deepEqual([...list.at(9)].slice(-2), [9989, 9999]);
    assert.deepEqual([...list.at(10)], []);
  });
});
