import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { composeEdits } from '../../core/fixes/composeEdits.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import type { Edit, Fix } from '../../core/finding/finding.ts';
import { overlaps } from '../../core/text/span.ts';

/** Cuts in order that do not overlap, taken from any numbers; some of them insert, some delete. */
function editsIn(length: number, places: readonly number[], texts: readonly string[]): Edit[] {
  const offsets = places.map((place) => place % (length + 1)).sort((a, b) => a - b);
  const edits: Edit[] = [];
  for (let at = 0; at + 1 < offsets.length; at += 2) {
    const edit = { span: { start: offsets[at] ?? 0, end: offsets[at + 1] ?? 0 }, newText: '' };
    edits.push({ ...edit, newText: texts[at % texts.length] ?? '' });
  }
  return edits;
}

const places = fc.array(fc.nat(60), { maxLength: 10 });
const texts = fc.array(fc.constantFrom('', 'x', 'yz', '<>'), { minLength: 1, maxLength: 5 });

describe('composeEdits', () => {
  it('does at once what two lots of edits do one after the other', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        places,
        texts,
        places,
        texts,
        (text, a, b, c, d) => {
          const first = editsIn(text.length, a, b);
          const between = applyEdits(text, first);
          const second = editsIn(between.length, c, d);
          const composed = composeEdits(text.length, first, second);
          assert.equal(applyEdits(text, composed), applyEdits(between, second));
          let end = 0;
          for (const { span } of composed) {
            assert.ok(end <= span.start && span.start <= span.end && span.end <= text.length);
            end = span.end;
          }
        },
      ),
      { seed: 20261121, numRuns: 2000 },
    );
  });

  it('takes more of them than a call takes arguments', () => {
    const count = 300_000;
    const first = Array.from({ length: count }, (_, at) => ({
      span: { start: at, end: at },
      newText: 'x',
    }));
    const second = [{ span: { start: 0, end: 0 }, newText: 'y' }];
    assert.equal(composeEdits(count, first, second).length, count);
  });

  it('leaves what neither of them touches', () => {
    const first = [{ span: { start: 2, end: 3 }, newText: 'XX' }];
    const second = [{ span: { start: 9, end: 9 }, newText: '!' }];
    assert.deepEqual(composeEdits(10, first, second), [
      { span: { start: 2, end: 3 }, newText: 'XX' },
      { span: { start: 8, end: 8 }, newText: '!' },
    ]);
  });
});

describe('combineFixes', () => {
  const anyFix = fc.tuple(places, texts).map(([at, newTexts]): Fix => ({
    title: '',
    kind: '',
    isCertain: true,
    edits: editsIn(60, at, newTexts),
  }));

  it('takes each fix that touches none of those before it, with edits in order', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 8 }), (fixes) => {
        const expected: Edit[] = [];
        for (const { edits } of fixes) {
          const isFree = edits.every(
            (edit) => !expected.some((each) => overlaps(each.span, edit.span)),
          );
          if (isFree) expected.push(...edits);
        }
        const combined = combineFixes(fixes);
        assert.deepEqual(new Set(combined), new Set(expected));
        assert.deepEqual(
          combined,
          combined.toSorted((a, b) => a.span.start - b.span.start),
        );
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });

  it('combines 100,000 fixes in less time than a person notices', () => {
    const fixes = Array.from({ length: 100_000 }, (_, at): Fix => {
      const span = { start: at * 3, end: at * 3 + 1 };
      return { title: '', kind: '', isCertain: true, edits: [{ span, newText: 'x' }] };
    });
    assert.equal(combineFixes(fixes).length, 100_000);
  });
});
