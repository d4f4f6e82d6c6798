import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readJson } from '../../core/record/readJson.ts';
import { findDuplicateKeys } from '../../core/record/duplicateKeys.ts';
import { checkFix, checkRule, fixTitles, noFinding } from '../helpers/checkRule.ts';

const rule = 'duplicate-key';
const answer = '{"role":"assistant","content":"Yes."}';

describe(rule, () => {
  it('accepts one key in several objects, and keys that begin alike', () => {
    noFinding(
      `{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes."}]}`,
    );
  });

  it('reports a key with two values on the second key, and says which counts', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi","content":"Ho"},${answer}]}
                                                 ^^^^^^^^^ warning Key "content" is given twice with different values; the last counts here, the service may take another; expected it once.
      `,
    );
  });

  it('reports a key with one value three times as one finding', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","role":"user","role":"user","content":"Hi"},${answer}]}
                                  ^^^^^^ warning Key "role" is given 3 times with the same value; expected it once.
      `,
    );
  });

  it('sees a key that is spelled with an escape', () => {
    checkRule(
      rule,
      String.raw`
      {"messages":[{"role":"user","content":"Hi","rol\u0065":"user"},{"role":"assistant","content":"Yes."}]}
                                                 ^^^^^^^^^^^ warning Key "role" is given twice with the same value; expected it once.
      `,
    );
  });

  it('takes away the repeated key where all values are written alike', () => {
    checkFix(
      rule,
      `{"messages":[{"role":"user", "role":"user", "content":"Hi", "role":"user"},${answer}]}`,
      `{"messages":[{"role":"user", "content":"Hi"},${answer}]}`,
    );
  });

  it('leaves the choice where they differ, if only in white space', () => {
    const record = `{"messages":[{"role":"user","content":["a"],"content":[ "a"]}]}`;
    assert.deepEqual(fixTitles(rule, record), ['Keep the last value', 'Keep the first value']);
  });

  it('keeps the last value where it stands', () => {
    checkFix(
      rule,
      `{"messages":[{"content":"Hi","role":"user", "content":"Ho","content":"Hu"},${answer}]}`,
      `{"messages":[{"role":"user", "content":"Hu"},${answer}]}`,
      'Keep the last value',
    );
  });

  it('keeps the first value where it stands', () => {
    checkFix(
      rule,
      `{"messages":[{"content":"Hi","role":"user", "content":"Ho" ,"content":"Hu" },${answer}]}`,
      `{"messages":[{"content":"Hi","role":"user" },${answer}]}`,
      'Keep the first value',
    );
  });
});

describe('findDuplicateKeys', () => {
  it('finds the keys that a slow count finds, in objects of any depth and size', () => {
    const keys = fc.constantFrom(
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
      'h',
      'i',
      'j',
      'ab',
      'ba',
      '\\u0061',
      '__proto__',
    );
    const { text } = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 3 },
        fc.constant('1'),
        fc
          .array(fc.tuple(keys, tie('text')), { maxLength: 14 })
          .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
      ),
    }));
    fc.assert(
      fc.property(text, (record) => {
        const tree = readJson(record);
        const found = [...findDuplicateKeys(tree)].length;
        assert.equal(found, countDuplicates(record));
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });
});

/** By taking innermost objects out of the text one after the other. */
function countDuplicates(record: string): number {
  let duplicates = 0;
  let rest = record;
  for (let inner = /\{[^{}]*\}/.exec(rest); inner; inner = /\{[^{}]*\}/.exec(rest)) {
    const names = [...inner[0].matchAll(/"([^"]*)":/g)].map(([, name]) =>
      name === '\\u0061' ? 'a' : name,
    );
    duplicates += new Set(names.filter((name, index) => names.indexOf(name) !== index)).size;
    rest = rest.replace(inner[0], '1');
  }
  return duplicates;
}
