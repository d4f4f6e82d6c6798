import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LineStore, textLength } from '../../core/text/lineStore.ts';
import type { TextLength } from '../../core/text/lineStore.ts';
import { collectedHeapBytes } from './collectedHeapBytes.ts';

type Store = LineStore<string, TextLength>;

describe('LineStore.edit', () => {
  it('replaces what stands between two positions of different lines', () => {
    const { store, ...rest } = edit('ab\ncd\nef', [0, 1, 2, 1], 'X\nY');
    assert.equal(store.getText(), 'aX\nYf');
    assert.deepEqual(rest, { from: 0, removed: 3, inserted: 2 });
  });

  it('touches only the line in which somebody types', () => {
    const { from, removed, inserted } = edit('ab\ncd\nef', [1, 1, 1, 1], 'X');
    assert.deepEqual({ from, removed, inserted }, { from: 1, removed: 1, inserted: 1 });
  });

  it('appends to a text without a final line end', () => {
    assert.deepEqual(linesOf(edit('ab', [0, 2, 0, 2], '\n').store), ['ab\n', '']);
  });

  it('fills an empty text and empties a full one', () => {
    assert.deepEqual(linesOf(edit('', [0, 0, 0, 0], 'a\nb').store), ['a\n', 'b']);
    assert.deepEqual(linesOf(edit('a\nb\n', [0, 0, 2, 0], '').store), ['']);
  });

  it('takes a reversed range as the same range', () => {
    assert.equal(edit('abcd\nefgh', [1, 2, 0, 1], '-').store.getText(), 'a-gh');
  });

  it('joins a carriage return and a line feed that an edit brings together', () => {
    assert.deepEqual(linesOf(edit('a\rx\nb', [1, 0, 1, 1], '').store), ['a\r\n', 'b']);
    assert.deepEqual(linesOf(edit('a\nb', [0, 1, 0, 1], '\r').store), ['a\r\n', 'b']);
    assert.deepEqual(linesOf(edit('a\rb', [1, 0, 1, 0], '\n').store), ['a\r\n', 'b']);
  });

  it('takes the line before as touched if its carriage return is given a line feed, and only then', () => {
    assert.equal(edit('a\rb', [1, 0, 1, 0], '\nx').from, 0);
    assert.equal(edit('a\rb', [1, 0, 1, 0], 'x\n').from, 1);
    assert.equal(edit('a\nb', [1, 0, 1, 0], '\n').from, 1);
  });

  it('doubles a line end that is typed before or after another', () => {
    assert.deepEqual(linesOf(edit('a\r\nb', [0, 1, 0, 1], '\r\n').store), ['a\r\n', '\r\n', 'b']);
    assert.deepEqual(linesOf(edit('a\r\nb', [1, 0, 1, 0], '\r\n').store), ['a\r\n', '\r\n', 'b']);
  });

  it('removes a whole CR LF when one character before and one after it are removed', () => {
    assert.deepEqual(linesOf(edit('ab\r\ncd', [0, 1, 1, 1], '').store), ['ad']);
  });

  it('works at the end of the text if the range lies past it', () => {
    assert.deepEqual(linesOf(edit('', [4, 0, 6, 0], '\n\n').store), ['\n', '\n', '']);
    assert.equal(edit('a\nb', [1, 9, 7, 7], 'c').store.getText(), 'a\nbc');
    assert.equal(edit('a\nb\n', [9, 0, 0, 1], 'c').store.getText(), 'ac');
  });

  it('replaces the whole text if there is no range', () => {
    const { store, ...rest } = noted('a\nb').edit(undefined, 'c\nd\ne');
    assert.deepEqual(linesOf(store), ['c\n', 'd\n', 'e']);
    assert.deepEqual(rest, { from: 0, removed: 2, inserted: 3 });
  });

  it('takes in 20,000 lines at once and lets them go again', () => {
    const { store, inserted } = edit('ab', [0, 1, 0, 1], 'x\n'.repeat(20_000));
    assert.equal(inserted, 20_001);
    assert.deepEqual([store.line(0).text, store.line(19_999).text], ['ax', 'x']);
    const range = { start: { line: 0, character: 1 }, end: { line: 20_000, character: 0 } };
    assert.deepEqual(linesOf(store.edit(range, '').store), ['ab']);
  });

  it('leaves the store that it started from as it was', () => {
    const store = noted('a\nb\nc');
    store.edit({ start: { line: 0, character: 0 }, end: { line: 2, character: 0 } }, 'x');
    assert.deepEqual(linesOf(store), ['a\n', 'b\n', 'c']);
  });

  it('keeps the notes of untouched lines, moved or not, and drops those of touched ones', () => {
    const { store } = edit('a\nb\nc', [1, 0, 1, 0], '\n');
    const notes = Array.from(store.lines(), ({ note }) => note);
    assert.deepEqual(notes, ['note on a', undefined, undefined, 'note on c']);
  });

  it('does not keep a text of megabytes for each short line cut from it', () => {
    const length = 4_000_000;
    let store = LineStore.of<string, TextLength>('x'.repeat(length), textLength);
    const before = collectedHeapBytes();
    for (let line = 0; line < 20; line++) {
      const position = { line, character: 40 };
      ({ store } = store.edit({ start: position, end: position }, '\n-'));
    }
    assert.ok(collectedHeapBytes() - before < 3 * length);
    assert.equal(store.lineCount, 21);
  });
});

describe('LineStore.annotate', () => {
  it('sets the notes of consecutive lines and of no others', () => {
    const store = noted('a\nb\nc\nd').annotate(1, ['new', undefined]);
    const notes = Array.from(store.lines(), ({ note }) => note);
    assert.deepEqual(notes, ['note on a', 'new', undefined, 'note on d']);
    assert.deepEqual(linesOf(store), ['a\n', 'b\n', 'c\n', 'd']);
  });

  it('ignores notes for which there are no lines', () => {
    const store = noted('a\nb').annotate(1, ['new', 'too much']).annotate(5, ['far off']);
    assert.deepEqual(
      Array.from(store.lines(), ({ note }) => note),
      ['note on a', 'new'],
    );
  });

  it('brings the notes into the measure of the text', () => {
    const noteLength = {
      zero: { length: 0, notes: 0 },
      of: (line: { text: string; note: string | undefined }) => ({
        length: line.text.length + 1,
        notes: line.note?.length ?? 0,
      }),
      add: (a: Notes, b: Notes) => ({ length: a.length + b.length, notes: a.notes + b.notes }),
    };
    const store = LineStore.of<string, Notes>('a\nb\nc', noteLength).annotate(1, [
      'four',
      'six six',
    ]);
    assert.equal(store.measure.notes, 11);
    assert.equal(store.before(2).notes, 4);
    assert.deepEqual(store.find(({ notes }) => notes > 4)?.index, 2);
  });
});

describe('Positions in a LineStore', () => {
  const store = noted('ab\r\ncd\n');

  it('have no place between CR and LF', () => {
    assert.deepEqual(store.positionAt(3), { line: 0, character: 2 });
    assert.equal(store.offsetAt({ line: 0, character: 3 }), 2);
  });

  it('mean the nearest place if they lie outside the text', () => {
    assert.deepEqual(store.clamp({ line: -1, character: 5 }), { line: 0, character: 0 });
    assert.deepEqual(store.clamp({ line: 1, character: -5 }), { line: 1, character: 0 });
    assert.deepEqual(store.clamp({ line: 1, character: 5 }), { line: 1, character: 2 });
    assert.deepEqual(store.clamp({ line: 7, character: 5 }), { line: 2, character: 0 });
    assert.deepEqual(store.positionAt(-1), { line: 0, character: 0 });
    assert.deepEqual(store.positionAt(99), store.end);
  });

  it('are whole numbers even if the given ones are not', () => {
    assert.deepEqual(store.clamp({ line: 1.5, character: 1.5 }), { line: 1, character: 1 });
    assert.deepEqual(store.clamp({ line: NaN, character: 1 }), { line: 0, character: 0 });
    assert.deepEqual(store.clamp({ line: 1, character: NaN }), { line: 1, character: 0 });
    assert.deepEqual(store.clamp({ line: Infinity, character: 1 }), store.end);
  });

  it('throw for a line that is not there only where a line itself is asked for', () => {
    assert.throws(() => store.line(3), RangeError);
    assert.deepEqual([...store.lines(3)], []);
  });
});

interface Notes extends TextLength {
  readonly notes: number;
}

function noted(text: string): Store {
  const store = LineStore.of<string, TextLength>(text, textLength);
  return store.annotate(
    0,
    Array.from(store.lines(), (line) => `note on ${line.text}`),
  );
}

function edit(text: string, [line, character, endLine, endCharacter]: Corners, newText: string) {
  const range = {
    start: { line, character },
    end: { line: endLine, character: endCharacter },
  };
  return noted(text).edit(range, newText);
}

/** Line and character of the start of a range, then of its end. */
type Corners = readonly [number, number, number, number];

function linesOf(store: Store): string[] {
  return Array.from(store.lines(), ({ text, eol }) => text + eol);
}
