import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pieceCharacters, showText } from '../../client/preview/textPieces.ts';

describe('a part of a text as the preview shows it', () => {
  it('is all of a short text, and where it ends', () => {
    assert.deepEqual(showText('Hi', 0, 4000), { pieces: ['Hi'], to: 2 });
    assert.deepEqual(showText('', 0, 4000), { pieces: [], to: 0 });
    assert.deepEqual(showText('Hi', 9, 4000), { pieces: [], to: 2 });
  });

  it('has control and direction-changing characters as escapes, line feeds and tabs as they are', () => {
    const { pieces } = showText('a\n\tb\r\u001b[2J\u202ec\u2028', 0, 4000);
    assert.deepEqual(pieces, ['a\n\tb\\u000d\\u001b[2J\\u202ec\\u2028']);
  });

  it('ends in the text as it is, however long its control characters are when they are seen', () => {
    const { pieces, to } = showText('\u0000'.repeat(10_000), 0, 4000);
    assert.equal(to, 4000);
    assert.equal(pieces.join(''), '\\u0000'.repeat(4000));
  });

  it('is cut behind a line, or behind a blank where the line is long', () => {
    const lines = `${'a'.repeat(2999)}\n${'b'.repeat(2999)}\n`;
    assert.equal(showText(lines, 0, 1).to, 3000);
    const words = `${'a'.repeat(2999)} ${'b'.repeat(2999)}`;
    assert.equal(showText(words, 0, 1).to, 3000);
    assert.equal(showText('a'.repeat(9000), 0, 1).to, pieceCharacters);
  });

  it('leaves no line feed to the next piece, which would begin with a blank line', () => {
    const text = `${'a'.repeat(pieceCharacters)}\nb`;
    assert.equal(showText(text, 0, 1).to, pieceCharacters + 1);
  });

  it('never cuts a character in half', () => {
    const { pieces } = showText(`a${'😀'.repeat(5000)}`, 0, 10_000);
    assert.ok(pieces.length > 1);
    assert.ok(pieces.every((piece) => piece.isWellFormed()));
    assert.ok(!pieces.join('').includes('\\u'));
  });

  it('is nothing left out and nothing twice, asked for part by part', () => {
    const unit = fc.constantFrom('a', ' ', '\n', '😀', 'word '.repeat(300), 'x'.repeat(1500));
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9000 }),
        (all, n) => {
          const text = all.join('');
          let shown = '';
          for (let from = 0; from < text.length;) {
            const { pieces, to } = showText(text, from, n);
            assert.ok(to > from);
            shown += pieces.join('');
            from = to;
          }
          assert.equal(shown, text);
        },
      ),
      { seed: 4, numRuns: 200 },
    );
  });
});
