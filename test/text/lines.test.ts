import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { splitLines } from '../../core/text/lines.ts';
import { anyText } from './anyText.ts';

describe('splitLines', () => {
  it('ends a line at LF, CR LF and a CR alone', () => {
    assert.deepEqual(cut('a\nb\r\nc\rd'), ['a|\n', 'b|\r\n', 'c|\r', 'd|']);
  });

  it('takes CR CR LF as two line ends and LF CR as two', () => {
    assert.deepEqual(cut('a\r\r\nb\n\rc'), ['a|\r', '|\r\n', 'b|\n', '|\r', 'c|']);
  });

  it('gives an empty text one empty line', () => {
    assert.deepEqual(cut(''), ['|']);
  });

  it('gives a text that ends in a line end a last empty line', () => {
    assert.deepEqual(cut('a\n'), ['a|\n', '|']);
    assert.deepEqual(cut('a\r'), ['a|\r', '|']);
  });

  it('does not end a line at U+2028, U+2029, U+0085, vertical tab or form feed', () => {
    const text = 'a\u2028b\u2029c\u0085d\ve\ff';
    assert.deepEqual(cut(text), [`${text}|`]);
  });

  it('cuts any text where TextDocument does', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (text) => {
        const oracle = TextDocument.create('', '', 0, text);
        const starts = Array.from({ length: oracle.lineCount + 1 }, (_, line) =>
          oracle.offsetAt({ line, character: 0 }),
        );
        assert.deepEqual(
          splitLines(text).map((line) => line.text + line.eol),
          starts.slice(1).map((end, line) => text.slice(starts[line], end)),
        );
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

function cut(text: string): string[] {
  return splitLines(text).map((line) => `${line.text}|${line.eol}`);
}
