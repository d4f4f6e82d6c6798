import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { placeInString, placesInString } from '../../core/record/placeInString.ts';
import { readJson } from '../../core/record/readJson.ts';
import { bestOf } from '../helpers/bestOf.ts';

describe('placesInString', () => {
  it('finds each code unit of a string in its record, however it is written there', () => {
    const unit = fc.constantFrom('a', '/', '"', '\\', '\n', '\t', '😀', 'é', '\0');
    const spelling = fc.constantFrom('plain', 'short', 'hexadecimal');
    const anyString = fc.array(fc.tuple(unit, spelling), { maxLength: 30 });
    fc.assert(
      fc.property(anyString, fc.string(), (written, before) => {
        const prefix = `{${JSON.stringify(before)}: `;
        const pieces = written.flatMap(([character, style]) =>
          character.split('').map((each) => spell(each, style)),
        );
        const record = `${prefix}"${pieces.join('')}", "other": "\\n"}`;
        const value = readJson(record).root?.get(before);
        assert.ok(value);
        const expected = [prefix.length + 1];
        for (const piece of pieces) expected.push((expected.at(-1) ?? 0) + piece.length);
        const offsets = expected.map((_, index) => index);
        assert.deepEqual(placesInString(value, offsets), expected);
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
  });

  it('keeps offsets past the end before the closing quote', () => {
    const value = readJson(String.raw`["a\/b"]`).root;
    const [element] = value?.elements() ?? [];
    assert.ok(element);
    assert.deepEqual(placeInString(element, 2, 9), { start: 5, end: 6 });
  });

  it('takes no longer for what stands behind the string', () => {
    const placeIn = (record: string): (() => void) => {
      const [element] = readJson(record).root?.elements() ?? [];
      assert.ok(element);
      return () => {
        for (let time = 0; time < 1000; time++) placeInString(element, 1, 2);
      };
    };
    const [alone, followed] = bestOf(5, [
      placeIn('["ab"]'),
      placeIn(`["ab", "${'a'.repeat(10_000_000)}"]`),
    ]);
    assert.ok(followed < 50 * alone, `${followed} ms, alone ${alone} ms`);
  });
});

/** One code unit in JSON: as it is where it may be, by its short escape where it has one, or by its number. */
function spell(unit: string, style: string): string {
  const short = unit === '/' ? '\\/' : JSON.stringify(unit).slice(1, -1);
  if (style === 'plain' && unit === '/') return unit;
  if (style !== 'hexadecimal') return short;
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
