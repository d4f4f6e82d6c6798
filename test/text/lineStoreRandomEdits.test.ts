import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { splitLines } from '../../core/text/lines.ts';
import { LineStore, textLength } from '../../core/text/lineStore.ts';
import type { TextLength } from '../../core/text/lineStore.ts';
import type { Position, Range } from '../../core/text/position.ts';
import { anyText, lineEnds } from './anyText.ts';

/** Set RANDOM_EDITS to run more than the 10,000 edits of every run. */
const editCount = Number(process.env['RANDOM_EDITS'] ?? 10_000);
const editsPerRun = 50;
const numRuns = Math.ceil(editCount / editsPerRun / Object.keys(lineEnds).length / 2);

type Store = LineStore<number, TextLength>;

interface Change {
  readonly range: Range;
  readonly text: string;
}

for (const [name, ends] of Object.entries(lineEnds)) {
  const anyInitialText = anyText({ maxLength: 600, ends });
  const anyNewText = anyText({ maxLength: 8, ends });

  describe(`A line store of a text with ${name}, under random edits`, () => {
    it('equals a TextDocument updated by the same messages of several changes each', () => {
      const anyChange = fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.boolean(), anyNewText);
      const anyMessage = fc.array(anyChange, { minLength: 1, maxLength: 4 });
      const messages = fc.array(anyMessage, { minLength: 20, maxLength: 20, size: 'max' });
      fc.assert(
        fc.property(anyInitialText, messages, (initialText, messages) => {
          const oracle = TextDocument.create('', '', 0, initialText);
          let store = numbered(LineStore.of<number, TextLength>(initialText, textLength));
          for (const message of messages) {
            const changes: Change[] = [];
            for (const [at, length, isReversed, text] of message) {
              const offset = at % (store.length + 1);
              const change = { range: rangeAt(store, offset, length, isReversed), text };
              changes.push(change);
              store = editAndCheckNotes(store, change);
            }
            TextDocument.update(oracle, changes, 1);
            assertSame(store, oracle);
          }
        }),
        { seed: 4, numRuns },
      );
    });

    it('equals the text read afresh, wherever the positions lie', () => {
      const anyPosition = fc.record({
        line: fc.integer({ min: -2, max: 120 }),
        character: fc.integer({ min: -2, max: 12 }),
      });
      const anyRange = fc.record({ start: anyPosition, end: anyPosition });
      const anyNearRange = fc
        .tuple(anyPosition, fc.integer({ min: -3, max: 3 }), anyPosition)
        .map(([start, lines, { character }]) => ({
          start,
          end: { line: start.line + lines, character },
        }));
      const anyChange = fc.record({
        range: fc.oneof({ weight: 9, arbitrary: anyNearRange }, { weight: 1, arbitrary: anyRange }),
        text: anyNewText,
      });
      const changes = fc.array(anyChange, {
        minLength: editsPerRun,
        maxLength: editsPerRun,
        size: 'max',
      });
      fc.assert(
        fc.property(anyInitialText, changes, (initialText, changes) => {
          let oracle = TextDocument.create('', '', 0, initialText);
          let store = numbered(LineStore.of<number, TextLength>(initialText, textLength));
          for (const change of changes) {
            assert.equal(store.getText(change.range), oracle.getText(change.range));
            store = editAndCheckNotes(store, change);
            TextDocument.update(oracle, [change], 1);
            oracle = TextDocument.create('', '', 0, oracle.getText());
            assertSame(store, oracle);
          }
        }),
        { seed: 5, numRuns },
      );
    });
  });
}

function rangeAt(store: Store, offset: number, length: number, isReversed: boolean): Range {
  const first = store.positionAt(offset);
  const second = store.positionAt(offset + length);
  return isReversed ? { start: second, end: first } : { start: first, end: second };
}

function numbered(store: Store): Store {
  return store.annotate(
    0,
    Array.from({ length: store.lineCount }, (_, index) => index),
  );
}

/** The untouched lines are the same objects with their notes, and no others are taken as touched. */
function editAndCheckNotes(before: Store, { range, text }: Change): Store {
  const { store, from, removed, inserted } = before.edit(range, text);
  const old = [...before.lines()];
  const lines = [...store.lines()];
  const kept = old.toSpliced(from, removed);
  assert.equal(lines.length, old.length - removed + inserted);
  const touched = lines.splice(from, inserted);
  assert.ok(touched.every((line) => line.note === undefined));
  assert.ok(lines.every((line, index) => line === kept[index]));
  const [first, last] = [before.clamp(range.start).line, before.clamp(range.end).line];
  assert.ok(from === Math.min(first, last) || before.line(from).eol === '\r');
  assert.equal(from + removed, Math.max(first, last) + 1);
  return store;
}

function assertSame(store: Store, oracle: TextDocument): void {
  const text = oracle.getText();
  assert.equal(store.getText(), text);
  assert.equal(store.length, text.length);
  assert.equal(store.lineCount, oracle.lineCount);
  const fresh = splitLines(text);
  let lineNumber = 0;
  for (const line of store.lines()) {
    assert.equal(line.text, fresh[lineNumber]?.text);
    assert.equal(line.eol, fresh[lineNumber]?.eol);
    lineNumber++;
  }
  for (let offset = -1; offset <= text.length + 1; offset += 1 + (text.length >> 3)) {
    const position: Position = store.positionAt(offset);
    assert.deepEqual(position, oracle.positionAt(offset));
    for (const character of [-1, position.character, position.character + 3]) {
      const place: Position = { line: position.line, character };
      assert.equal(store.offsetAt(place), oracle.offsetAt(place));
    }
  }
}
