import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { get_encoding } from 'tiktoken';
import { countLongTextTokens, countTextTokens } from '../../core/tokens/textTokens.ts';
import { corpora, corporaMissing } from '../helpers/corpora.ts';

/** The encoder of OpenAI's tiktoken, in Rust, as WebAssembly: nothing of it is in the product. */
const tiktoken = get_encoding('o200k_base');

function assertAlike(text: string): void {
  const expected = tiktoken.encode_ordinary(text).length;
  assert.equal(countTextTokens(text), expected, JSON.stringify(text.slice(0, 200)));
}

/** Letters of many scripts, digits, marks, spaces and line ends, each kind with its own part in the pattern. */
const alphabets = [
  ['the ', 'Dog', "'s", "'LL", ' iPhone', 'camelCase', 'e', 'E', ' '],
  ['é', 'ß', 'ÄÖ', 'ñ', 'e\u0301', 'ı', 'ǅ', ' œuvre'],
  ['Привет', ' мир', 'Ж', 'ё', 'Γειά', ' σου'],
  ['汉字', '漢', '日本', 'ひらがな', 'カタカナ', '한국어', '。', '、'],
  ['हिन्दी', 'ไทย', 'العربية', 'עברית', 'தமிழ்', '\u200c', '\u200f'],
  ['😀', '👩\u200d👩\u200d👧', '🇩🇪', '❤\ufe0f', '\u{10400}', '\u{1d538}'],
  ['0', '12', '345', '6789', '½', '٣', '十', '.', ','],
  ['\n', '\r\n', '\t', '  ', '\u00a0', '\u2028', '\u0085', '\ufeff', '\u3000', '\u200b'],
  ['!', '?!', '/', '//', '-_', '{}', '"', '\\n', '<|endoftext|>', '\0', '\ud83d'],
];

const anyText = fc
  .array(fc.constantFrom(...alphabets), { minLength: 1, maxLength: 3 })
  .chain((mixed) => fc.array(fc.constantFrom(...mixed.flat()), { maxLength: 120, size: 'max' }))
  .map((pieces) => pieces.join(''));

describe('the tokens of a text', () => {
  it(
    'are as many as tiktoken finds in each of the naughty strings',
    { skip: corporaMissing },
    () => {
      const file = readFileSync(corpora('text', 'naughty-strings.json'), 'utf8');
      const texts = JSON.parse(file) as string[];
      assert.ok(texts.length > 500);
      for (const text of texts) assertAlike(text);
    },
  );

  it('are as many as tiktoken finds in 1,000 texts of mixed languages', () => {
    fc.assert(fc.property(anyText, assertAlike), { seed: 1, numRuns: 1000 });
  });

  it('are as many as tiktoken finds in 100 texts of any characters', () => {
    const anyCharacters = fc.string({ unit: 'binary', maxLength: 200, size: 'max' });
    fc.assert(fc.property(anyCharacters, assertAlike), { seed: 2 });
  });

  it('are as many as tiktoken finds in a document of 3 MB', { skip: corporaMissing }, () => {
    assertAlike(readFileSync(corpora('openapi', 'openai.yaml'), 'utf8'));
  });

  it('are as many as tiktoken finds in long runs of one kind, which are one word to it', () => {
    for (const run of ['a', 'A', '_', ' ', '\n', '汉', '😀', 'ab', '\u00a0', '=-'])
      assertAlike(run.repeat(2000));
  });

  it('are none in an empty text', () => {
    assert.equal(countTextTokens(''), 0);
  });

  it('are found in a word of a megabyte in seconds, where other encoders take minutes', () => {
    let word = '';
    for (let at = 0; at < 1_000_000; at++)
      word += String.fromCharCode(97 + ((at * at * 7 + at) % 26));
    const started = performance.now();
    assert.equal(countTextTokens(word), 461_538);
    assert.ok(performance.now() - started < 20_000);
  });

  it('are counted in a word of any length', () => {
    const tokens = countTextTokens('_'.repeat(3 << 20));
    assert.ok(Math.abs(tokens - (3 << 20) / 64) < 10, `${tokens} tokens`);
  });

  it('are never more than the bytes of the text', () => {
    const isBounded = (text: string): boolean => countTextTokens(text) <= Buffer.byteLength(text);
    fc.assert(fc.property(anyText, isBounded), { seed: 3 });
  });

  it('are added up over several texts, and carried on in proportion over 2 million characters', () => {
    assert.equal(countLongTextTokens(['Hello, world', ' again', '']), 4);
    const sentence = 'The quick brown fox jumps over the lazy dog.\n';
    const long = sentence.repeat(100_000);
    const exact = countTextTokens(long);
    const estimate = countLongTextTokens([long.slice(0, 1_000_000), long.slice(1_000_000)]);
    assert.ok(Math.abs(estimate / exact - 1) < 0.001, `${estimate} for ${exact}`);
  });
});
