import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formattingEdits } from '../../../server/features/formatting.ts';
import { atCursor, type TextOptions } from '../../helpers/cursor.ts';
import { anyJsonText } from '../../record/anyJson.ts';

/** The text after it is formatted, and how many edits that took. */
function format(text: string, range?: Range, options?: TextOptions): [string, number] {
  const { snapshot } = atCursor(text, options);
  const edits = [...formattingEdits(snapshot, range)].flat();
  const before = TextDocument.create('file:///train.jsonl', 'jsonl', 1, text);
  return [TextDocument.applyEdits(before, edits), edits.length];
}

function lines(start: number, end: number): Range {
  return { start: { line: start, character: 0 }, end: { line: end, character: 0 } };
}

describe('formatting', () => {
  it('separates all values as the first record does, in one edit of a short record', () => {
    const python = '{"a": 1, "b": [2, {"c": ""}]}';
    const compact = '{"a":1,"b":[2,{"c":""}]}';
    assert.deepEqual(format(`${python}\n${compact}\n`), [`${python}\n${python}\n`, 1]);
    assert.deepEqual(format(`${compact}\r\n${python}`), [`${compact}\r\n${compact}`, 1]);
  });

  it('takes other white space away, and leaves what is in strings', () => {
    const [text] = format('  {"a":\t[ 1 ,  " , : " ] } \n\n{"b":2}');
    assert.equal(text, '{"a": [1, " , : "]}\n\n{"b": 2}');
  });

  it('leaves a file that is formatted, lines that are not JSON, and a record over many lines', () => {
    const broken = '{"a" : 1,}\nno  json\n';
    for (const text of ['{"a": 1}\n{"a": 2}\n', `{"a": 1}\n${broken}`, broken, '', '\n']) {
      assert.deepEqual(format(text), [text, 0]);
    }
    const record = '{\n  "a": 1 }';
    assert.deepEqual(format(record, undefined, { languageId: 'json' }), [record, 0]);
  });

  it('formats the lines of a range alone, in the style of the file', () => {
    const text = '{"a": 1}\n{"a":2}\n{"a":3}\n{"a":4}';
    assert.deepEqual(format(text, lines(1, 2)), ['{"a": 1}\n{"a": 2}\n{"a": 3}\n{"a":4}', 2]);
    assert.deepEqual(format(text, lines(-9, 1)), ['{"a": 1}\n{"a": 2}\n{"a":3}\n{"a":4}', 1]);
    assert.deepEqual(format(text, lines(3, 99)), ['{"a": 1}\n{"a":2}\n{"a":3}\n{"a": 4}', 1]);
  });

  it('takes megabytes of base64 for what they are', () => {
    const image = `"${'A'.repeat(10_000_000)}"`;
    const { snapshot } = atCursor(`{"a": 1}\n{"a":${image},"b":2}`);
    const edits = [...formattingEdits(snapshot)].flat();
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      [': ', ', "b": 2}'],
    );
  });

  it('sends no more than twice what it formats', () => {
    const spaced = `{ ${Array.from({ length: 500 }, (_, key) => `"${key}" : "${'x'.repeat(key % 150)}"`).join(' , ')} }`;
    const { snapshot } = atCursor(`{"a":1}\n${spaced}`);
    const edits = [...formattingEdits(snapshot)].flat();
    assert.ok(edits.length > 100);
    assert.ok(JSON.stringify(edits).length < 2 * spaced.length);
  });

  it('keeps every value and every line, and has nothing to do a second time', () => {
    const oneLine = anyJsonText.map((text) => text.replaceAll(/[\r\n]/g, ' '));
    fc.assert(
      fc.property(fc.array(oneLine, { maxLength: 5 }), (records) => {
        const text = records.join('\n');
        const [formatted] = format(text);
        assert.equal(formatted.split('\n').length, text.split('\n').length);
        assert.deepEqual(formatted.split('\n').map(parse), text.split('\n').map(parse));
        assert.deepEqual(format(formatted), [formatted, 0]);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

/** What is not JSON stands for itself. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
