import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { ownCopy } from '../../core/text/ownCopy.ts';
import { anyText } from './anyText.ts';
import { collectedHeapBytes } from './collectedHeapBytes.ts';

describe('ownCopy', () => {
  it('keeps any text as it is, surrogate halves included', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 40 }), (text) => {
        assert.equal(ownCopy(text), text);
      }),
      { seed: 8 },
    );
  });

  it('lets go of the text that a slice was cut from', () => {
    const before = collectedHeapBytes();
    const kept = Array.from({ length: 40 }, (_, seed) => ownCopy(longText(seed).slice(10, 50)));
    assert.ok(collectedHeapBytes() - before < 4 * longTextLength);
    assert.equal(kept.length, 40);
  });
});

const longTextLength = 500_000;

function longText(seed: number): string {
  return Buffer.alloc(longTextLength, 65 + seed).toString('latin1');
}
