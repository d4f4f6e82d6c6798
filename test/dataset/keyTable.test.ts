import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeyTable } from '../../core/dataset/keyTable.ts';

const count = 40_000;

describe('A KeyTable', () => {
  it('knows the first record with each hash, however it has grown', () => {
    const table = new KeyTable();
    for (let hash = -count; hash < count; hash++)
      assert.equal(table.add(hash, hash + count), hash + count);
    for (let hash = -count; hash < count; hash++) assert.equal(table.add(hash, 7), hash + count);
  });

  it('takes hashes that somebody has chosen to stand side by side in about the time of others', () => {
    // Their lower bits are those of few numbers that follow each other.
    const chosen = Int32Array.from({ length: count }, (_, at) => (at & 15) | ((at >> 4) << 20));
    const others = chosen.map((hash) => Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d));
    const [ofChosen, ofOthers] = [chosen, others].map(bestTime);
    assert.ok((ofChosen ?? 0) < 40 * (ofOthers ?? 0) + 5, `${ofChosen} ms, others ${ofOthers} ms`);
  });
});

/** In milliseconds. */
function bestTime(hashes: Int32Array): number {
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    const table = new KeyTable(count);
    for (const [record, hash] of hashes.entries()) table.add(hash, record);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
