import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { digitWindow } from '../../core/text/base64Digits.ts';
import { findControl } from '../../core/text/findControl.ts';

const digits = 'iVBORw0KGgoAAAANSUhEUgAA+/';

/** Longer than the windows in which base64 is passed over. */
const anyStretch = fc
  .tuple(fc.constantFrom(digits, 'abc, ', '-_', 'é', '漢'), fc.nat(3 * digitWindow))
  .map(([text, length]) => text.repeat(Math.ceil(length / text.length)).slice(0, length));
const anyPlace = fc.constantFrom(
  '',
  '"',
  '=',
  ' ',
  '\u0000',
  '\u001f',
  '\t',
  '\n',
  '\u007f',
  '\u0080',
);

describe('findControl', () => {
  it('finds the first control character, whatever long stretches of base64 and other text stand before it', () => {
    const anyText = fc
      .array(fc.tuple(anyStretch, anyPlace), { maxLength: 4 })
      .map((pieces) => pieces.flat().join(''));
    fc.assert(
      fc.property(anyText, fc.nat(4 * digitWindow), (text, from) => {
        const found = text.slice(from).search(/[\u0000-\u001f]/);
        assert.equal(findControl(text, from), found === -1 ? text.length : from + found);
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  it('finds one at each place around the end of a window', () => {
    const text = digits.repeat(4000);
    for (let at = digitWindow - 3; at <= digitWindow + 3; at++) {
      for (const control of ['\n', '\u0000', '\u001f']) {
        assert.equal(findControl(text.slice(0, at) + control + text.slice(at + 1), 0), at);
      }
    }
  });
});
