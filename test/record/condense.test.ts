import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { condense } from '../../core/record/condense.ts';

const long = 'A'.repeat(1000);

describe('a condensed record', () => {
  it('has its structure and its short strings', () => {
    const record = `{"role": "user", "content": "${long}", "weight": 1}`;
    assert.equal(condense(record).text, '{"role": "user", "content": "", "weight": 1}');
  });

  it('knows escaped quotes', () => {
    const record = `{"a": "\\"${long}\\\\", "b": "\\"" }`;
    assert.equal(condense(record).text, '{"a": "", "b": "\\"" }');
  });

  it('leaves out base64 that a missing quote has put outside of strings', () => {
    assert.equal(condense(`{"role": "us, "url": "${long}"}`).text, '{"role": "us, "url": ""}');
  });

  it('knows where each place was', () => {
    const record = `{"a": "${long}", "b": "${long}", "c": 1}`;
    const condensed = condense(record);
    const at = record.indexOf('"c"');
    const there = condensed.toCondensed(at);
    assert.equal(there, condensed.text.indexOf('"c"'));
    assert.equal(condensed.toRecord(there), at);
    assert.equal(condensed.toCondensed(50), undefined);
    assert.equal(condensed.nearest(50), condensed.text.indexOf('""') + 1);
  });

  it('finds its way back from every place that is left, whatever the text', () => {
    const piece = fc.constantFrom(
      '"',
      '\\',
      ',',
      ':',
      '{',
      ']',
      ' ',
      'x',
      long,
      long.slice(0, 250),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const condensed = condense(text);
        for (let at = 0; at <= text.length; at += 1 + (at % 7)) {
          const there = condensed.toCondensed(at);
          if (there === undefined) continue;
          assert.equal(
            condensed.text[there - 1],
            there === 0 ? undefined : text[condensed.toRecord(there) - 1],
          );
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('is made in one pass of a text of a million quotes and backslashes', () => {
    const text = '"\\'.repeat(1_000_000);
    assert.ok(condense(text).text.length <= text.length);
  });
});
