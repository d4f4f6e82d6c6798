import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MeasuredSequence } from '../../core/text/measuredSequence.ts';
import type { Measure } from '../../core/text/measuredSequence.ts';

describe('MeasuredSequence', () => {
  it('holds the same items in the same order as an array under any splices', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 300 }),
        fc.array(anySplice, { maxLength: 12 }),
        (count, splices) => {
          let model = numbers(count);
          let sequence = MeasuredSequence.from(model, trail);
          for (const { at, removed, added } of splices) {
            const from = at % (model.length + 1);
            const before = sequence;
            sequence = sequence.splice(from, from + removed, numbers(added));
            assert.deepEqual([...before.items()], model);
            model = model.toSpliced(from, removed, ...numbers(added));
            assertSame(sequence, model);
          }
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });

  it('replaces items by as many others without a change of its shape', () => {
    const anyStretch = fc.record({ at: fc.nat(), count: fc.nat({ max: 200 }) });
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.array(anyStretch), (length, stretches) => {
        let model = numbers(length);
        let sequence = MeasuredSequence.from(model, trail);
        const { height } = sequence;
        for (const [index, { at, count }] of stretches.entries()) {
          const from = at % (length + 1);
          const others = Array.from({ length: Math.min(count, length - from) }, () => -index);
          sequence = sequence.splice(from, from + others.length, others);
          model = model.toSpliced(from, others.length, ...others);
          assertSame(sequence, model);
          assert.equal(sequence.height, height);
        }
      }),
      { seed: 4, numRuns: 60 },
    );
  });

  it('stays balanced and half filled after 10,000 random splices', () => {
    let sequence = MeasuredSequence.from(numbers(5000), sum);
    fc.assert(
      fc.property(anySplice, ({ at, removed, added }) => {
        const from = at % (sequence.length + 1);
        sequence = sequence.splice(from, from + (removed % 9), numbers(added % 9));
        const leaves = Math.max(1, sequence.length / 32);
        assert.ok(sequence.height <= 1.4405 * Math.log2(leaves + 2));
      }),
      { seed: 3, numRuns: 10_000 },
    );
  });

  it('stays balanced when items are always added at the same place', () => {
    for (const place of [() => 0, (length: number) => length, (length: number) => length >> 1]) {
      let sequence = MeasuredSequence.from<number, number>([], sum);
      for (let item = 0; item < 3000; item++) {
        const at = place(sequence.length);
        sequence = sequence.splice(at, at, [item]);
      }
      assert.ok(sequence.height <= 1.4405 * Math.log2(3000 / 32 + 2));
    }
  });

  it('shares what a splice does not touch', () => {
    let sums = 0;
    const counted = { ...sum, of: (item: number) => (sums++, item) };
    const sequence = MeasuredSequence.from(numbers(100_000), counted);
    sums = 0;
    sequence.splice(50_000, 50_001, [7, 8]);
    assert.ok(sums < 1000, `${sums} items were measured again`);
    sums = 0;
    sequence.splice(50_000, 50_001, [7]);
    assert.ok(sums <= 64, `${sums} items of one leaf were measured again`);
  });

  it('finds the item with which a total is reached', () => {
    const sequence = MeasuredSequence.from([5, 0, 3, 2], sum);
    const reaching = (total: number) => sequence.find((measure) => measure >= total);
    assert.deepEqual(reaching(5), { index: 0, before: 0 });
    assert.deepEqual(reaching(6), { index: 2, before: 5 });
    assert.deepEqual(reaching(10), { index: 3, before: 8 });
    assert.equal(reaching(11), undefined);
  });

  it('finds nothing in an empty sequence', () => {
    assert.equal(
      MeasuredSequence.from<number, number>([], sum).find(() => true),
      undefined,
    );
  });

  it('measures the first items, as many as there are', () => {
    const sequence = MeasuredSequence.from(numbers(200), sum);
    assert.equal(sequence.before(0), 0);
    assert.equal(sequence.before(-1), 0);
    assert.equal(sequence.before(100), 4950);
    assert.equal(sequence.before(1000), 19_900);
  });

  it('throws a RangeError for an item that it does not have', () => {
    const sequence = MeasuredSequence.from([1], sum);
    for (const index of [-1, 1, NaN]) assert.throws(() => sequence.at(index), RangeError);
  });

  it('takes places outside as its ends in a splice', () => {
    const sequence = MeasuredSequence.from([1, 2, 3], sum);
    assert.deepEqual([...sequence.splice(-5, 1, [9]).items()], [9, 2, 3]);
    assert.deepEqual([...sequence.splice(2, 99, []).items()], [1, 2]);
    assert.deepEqual([...sequence.splice(2, 1, [9]).items()], [1, 2, 9, 3]);
  });
});

const sum: Measure<number, number> = { zero: 0, of: (item) => item, add: (a, b) => a + b };

/** Not commutative: adding in another order is seen. */
const trail: Measure<number, string> = {
  zero: '',
  of: (item) => String.fromCharCode(item),
  add: (a, b) => a + b,
};

const anySplice = fc.record({
  at: fc.nat({ max: 100_000 }),
  removed: fc.nat({ max: 150 }),
  added: fc.nat({ max: 150 }),
});

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function assertSame(sequence: MeasuredSequence<number, string>, model: readonly number[]): void {
  const text = String.fromCharCode(...model);
  assert.equal(sequence.length, model.length);
  assert.equal(sequence.measure, text);
  assert.deepEqual([...sequence.items()], model);
  for (let index = 0; index < model.length; index += 13) {
    assert.equal(sequence.at(index), model[index]);
    assert.equal(sequence.before(index), text.slice(0, index));
    assert.equal(sequence.items(index).next().value, model[index]);
    assert.equal(sequence.find(({ length }) => length > index)?.index, index);
  }
}
