import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { skipBase64 } from '../../core/image/base64.ts';

describe('skipBase64', () => {
  it('ends where a regular expression ends, wherever the text goes wrong', () => {
    // Some of them look like digits to who sees only the low byte of a code unit.
    const foreign = fc.constantFrom(
      '!',
      '=',
      '%',
      ' ',
      '\n',
      '\0',
      '@',
      '[',
      '`',
      '{',
      '\u0141',
      'é',
      '😀',
    );
    const anyText = fc.record({
      digits: fc.nat(200_000),
      faults: fc.array(fc.tuple(fc.nat(200_000), foreign), { maxLength: 3 }),
      padding: fc.constantFrom('', '=', '==', '==='),
      start: fc.nat(10),
    });
    fc.assert(
      fc.property(anyText, ({ digits, faults, padding, start: anyStart }) => {
        const spoilt = faults.reduce(
          (text, [at, character]) => text.slice(0, at) + character + text.slice(at),
          alphabets.slice(0, digits),
        );
        const text = spoilt + padding;
        const start = Math.min(anyStart, text.length);
        const expected = /[A-Za-z0-9+/_-]*/y;
        expected.lastIndex = start;
        const length = expected.exec(text)?.[0].length ?? 0;
        assert.equal(skipBase64(text, start), start + length);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it('takes no character outside of the alphabets, in whichever place of a group of four', () => {
    for (let code = 0; code < 0x300; code++) {
      const character = String.fromCharCode(code);
      const isDigit = /[A-Za-z0-9+/_-]/.test(character);
      for (const at of [0, 1, 2, 3]) {
        const text = `${'A'.repeat(at)}${character}AAAAAAAA`.slice(0, 8);
        assert.equal(skipBase64(text, 0), isDigit ? 8 : at, `U+${code.toString(16)} at ${at}`);
      }
    }
  });
});

const alphabets = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'.repeat(
  3_200,
);
