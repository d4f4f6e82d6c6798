import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeLine } from '../../core/text/decodeLine.ts';
import { anyText } from './anyText.ts';

describe('decodeLine', () => {
  it('reads valid UTF-8 as it is, U+FFFD and byte order marks included', () => {
    for (const text of ['', 'abc', 'é漢😀', 'a\uFFFDb', '\uFEFFa', '\0']) {
      assert.deepEqual(decodeLine(Buffer.from(text)), { text, invalid: undefined });
    }
  });

  it('tells the place and the value of the first byte that is not UTF-8', () => {
    const cases: readonly (readonly [number[], string, number, number])[] = [
      [[0x61, 0xe9, 0x62], 'a\uFFFDb', 1, 0xe9],
      [[0x80], '\uFFFD', 0, 0x80],
      [[...Buffer.from('😀é'), 0xff, 0xfe], '😀é\uFFFD\uFFFD', 3, 0xff],
      [[0x61, 0xf0, 0x9f, 0x98], 'a\uFFFD', 1, 0xf0],
      [[...Buffer.from('\uFFFD\uFFFD'), 0xc0, 0x61], '\uFFFD\uFFFD\uFFFDa', 2, 0xc0],
      [[0xed, 0xa0, 0x80], '\uFFFD\uFFFD\uFFFD', 0, 0xed],
    ];
    for (const [bytes, text, offset, byte] of cases) {
      assert.deepEqual(decodeLine(Uint8Array.from(bytes)), { text, invalid: { offset, byte } });
    }
  });

  it('reads any bytes as TextDecoder does, and finds a fault exactly where that one first fails', () => {
    const fragment = fc.oneof(
      anyText({ maxLength: 4, isWellFormed: true }).map((text) => Buffer.from(text)),
      fc.constantFrom(Buffer.from('\uFFFD'), Buffer.from('\uFEFF'), Buffer.from([0xef, 0xbf])),
      fc.uint8Array({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
        const bytes = Buffer.concat(fragments);
        const { text, invalid } = decodeLine(bytes);
        assert.equal(text, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
        assert.equal(invalid === undefined, isValid(bytes));
        if (invalid === undefined) return;
        const validLength = Buffer.byteLength(text.slice(0, invalid.offset));
        assert.ok(isValid(bytes.subarray(0, validLength)));
        assert.equal(bytes[validLength], invalid.byte);
        assert.equal(text[invalid.offset], '\uFFFD');
        assert.equal(isStartOfCharacter(bytes.subarray(validLength)), false);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });

  it('gives a text that the bytes can no longer change', () => {
    for (const length of [100, 2_000_000]) {
      const bytes = Buffer.alloc(length, 'a');
      const { text } = decodeLine(bytes);
      bytes.fill('b');
      assert.ok(text === 'a'.repeat(length));
    }
  });
});

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether a whole character of one to four bytes stands first. */
function isStartOfCharacter(bytes: Uint8Array): boolean {
  return [1, 2, 3, 4].some(
    (length) => length <= bytes.length && isValid(bytes.subarray(0, length)),
  );
}
