import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDocument, type Position, type Range } from 'vscode-languageserver-textdocument';
import { createContext } from '../../core/check/context.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { RecordDocument } from '../../core/check/recordDocument.ts';
import { Snapshot } from '../../server/snapshot.ts';
import { anyText } from '../text/anyText.ts';

const uri = 'file:///train.jsonl';
const context = createContext([], '2026-11-21');
const anySmallText = anyText({ maxLength: 60 });

function snapshotOf(text: string): TextDocument {
  return new Snapshot(uri, 'jsonl', 7, LinesDocument.of(text, context));
}

/** Places that a text has, and of each line the place after its last character. */
function* positionsIn(document: TextDocument): Generator<Position> {
  for (let line = 0; line < document.lineCount; line++) {
    const { end } = document.getLineRange(line);
    for (let character = 0; character <= end.character; character++) yield { line, character };
  }
}

describe('A snapshot', () => {
  it('is the text document that the protocol library makes of the same text', () => {
    fc.assert(
      fc.property(anySmallText, (text) => {
        const oracle = TextDocument.create(uri, 'jsonl', 7, text);
        const snapshot = snapshotOf(text);
        assert.equal(snapshot.uri, oracle.uri);
        assert.equal(snapshot.languageId, oracle.languageId);
        assert.equal(snapshot.version, oracle.version);
        assert.equal(snapshot.lineCount, oracle.lineCount);
        assert.equal(snapshot.getText(), oracle.getText());
        for (let offset = -2; offset <= text.length + 2; offset++)
          assert.deepEqual(snapshot.positionAt(offset), oracle.positionAt(offset));
        for (const position of positionsIn(oracle))
          assert.equal(snapshot.offsetAt(position), oracle.offsetAt(position));
        for (let line = 0; line < oracle.lineCount; line++) {
          assert.deepEqual(snapshot.getLineRange(line), oracle.getLineRange(line));
          assert.equal(snapshot.getEOLCharacters(line), oracle.getEOLCharacters(line));
        }
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  it('has the same text as that in a range, whichever of its ends comes first', () => {
    const anyOffsets = fc.tuple(anySmallText, fc.nat(), fc.nat());
    fc.assert(
      fc.property(anyOffsets, ([text, a, b]) => {
        const oracle = TextDocument.create(uri, 'jsonl', 7, text);
        const start = oracle.positionAt(a % (text.length + 1));
        const end = oracle.positionAt(b % (text.length + 1));
        const range: Range = { start, end };
        assert.equal(snapshotOf(text).getText(range), oracle.getText(range));
      }),
      { seed: 6, numRuns: 600 },
    );
  });

  it('has places outside its text mean the nearest in it', () => {
    const snapshot = snapshotOf('ab\r\ncd');
    assert.equal(snapshot.offsetAt({ line: -1, character: 5 }), 0);
    assert.equal(snapshot.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(snapshot.offsetAt({ line: 99, character: 0 }), 6);
    assert.deepEqual(snapshot.getLineRange(-1).end, { line: 0, character: 0 });
    assert.deepEqual(snapshot.getLineRange(99).end, { line: 1, character: 2 });
    assert.equal(snapshot.getEOLCharacters(99), '');
  });

  it('stays as it is while its document is edited and checked', () => {
    const document = LinesDocument.of('{\n{', context);
    const snapshot = new Snapshot(uri, 'jsonl', 1, document);
    document.edit(undefined, 'x').check(() => false);
    assert.equal(snapshot.getText(), '{\n{');
    assert.equal(snapshot.document.isChecked, false);
  });

  it('is one of a record over many lines just as well', () => {
    const text = '{\r\n  "messages": []\r\n}';
    const snapshot = new Snapshot(uri, 'json', 1, RecordDocument.of(text, context));
    assert.equal(snapshot.getText(), text);
    assert.equal(snapshot.lineCount, 3);
    assert.deepEqual(snapshot.positionAt(text.length), { line: 2, character: 1 });
  });
});
