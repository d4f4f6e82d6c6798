import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digest } from '../../core/dataset/digest.ts';

describe('digest', () => {
  it('differs for each of 200,000 texts, of which many differ in one character', () => {
    const texts = Array.from({ length: 200_000 }, (_, index) => `https://example.com/${index}.png`);
    assert.equal(new Set(texts.map(digest)).size, texts.length);
  });

  it('differs whichever character of a text is another one', () => {
    const text = 'The harbour is grey, the boats are not. 漢字 😀';
    const characters = Array.from(text);
    const others = characters.map((_, at) => characters.with(at, '#').join(''));
    assert.equal(new Set([text, ...others].map(digest)).size, characters.length + 1);
  });

  it('differs for texts of every length, the empty one included', () => {
    const texts = Array.from({ length: 1000 }, (_, length) => '\u0000'.repeat(length));
    assert.equal(new Set(texts.map(digest)).size, texts.length);
  });

  it('is the same for the same text, however that was put together', () => {
    const text = 'A cat on a wall';
    assert.equal(digest(text.slice(0, 5) + text.slice(5)), digest(text));
    assert.equal(digest(`${text}.`.slice(0, -1)), digest(text));
  });

  it('takes 12 characters', () => {
    for (const text of ['', 'a', 'é'.repeat(100_000)]) assert.equal(digest(text).length, 12);
  });
});
