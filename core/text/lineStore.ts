import { lineLength, splitLines } from './lines.ts';
import { MeasuredSequence } from './measuredSequence.ts';
import { ownCopy } from './ownCopy.ts';
import { isBefore } from './position.ts';
import type { Line, LineEnd } from './lines.ts';
import type { Found, Measure } from './measuredSequence.ts';
import type { Position, Range } from './position.ts';

/** What every measure of lines has to hold, under the name `length`: UTF-16 code units with line ends. */
export interface TextLength {
  readonly length: number;
}

/** The least measure of lines; others add to it what else they sum up. */
export const textLength: Measure<Line<unknown>, TextLength> = {
  zero: { length: 0 },
  of: (line) => ({ length: lineLength(line) }),
  add: (a, b) => ({ length: a.length + b.length }),
};

/** What an edit made: in the place of `removed` lines from line `from` on, `inserted` lines with no notes. */
export interface LineEdit<T, M extends TextLength> {
  readonly store: LineStore<T, M>;
  readonly from: number;
  readonly removed: number;
  readonly inserted: number;
}

const wholeText: Range = {
  start: { line: 0, character: 0 },
  end: { line: Infinity, character: 0 },
};

/**
 * A text as an immutable list of lines with notes. An edit makes another store that shares all lines it does not
 * touch, in O(log n) and the length of those it does.
 *
 * Offsets are UTF-16 code units from 0. A position outside the text means the nearest place in it: a character past
 * the end of a line the end before its line end, so that none falls between CR and LF, and a line past the last one
 * the end of the text.
 */
export class LineStore<T, M extends TextLength> {
  readonly #lines: MeasuredSequence<Line<T>, M>;
  readonly #measure: Measure<Line<T>, M>;

  private constructor(lines: MeasuredSequence<Line<T>, M>, measure: Measure<Line<T>, M>) {
    this.#lines = lines;
    this.#measure = measure;
  }

  static of<T, M extends TextLength>(text: string, measure: Measure<Line<T>, M>): LineStore<T, M> {
    return new LineStore(MeasuredSequence.from<Line<T>, M>(splitLines(text), measure), measure);
  }

  /** At least 1: an empty text is one empty line. */
  get lineCount(): number {
    return this.#lines.length;
  }

  get length(): number {
    return this.measure.length;
  }

  /** Of the whole text. */
  get measure(): M {
    return this.#lines.measure;
  }

  /** Throws a RangeError unless `0 <= lineNumber < lineCount`. */
  line(lineNumber: number): Line<T> {
    return this.#lines.at(lineNumber);
  }

  lines(from = 0): Generator<Line<T>, void, undefined> {
    return this.#lines.items(from);
  }

  /** The measure of the first `lineCount` lines. O(log n). */
  before(lineCount: number): M {
    return this.#lines.before(lineCount);
  }

  /** The first line with which the measure from the start of the text passes a monotone test. O(log n). */
  find(isReached: (measure: M) => boolean): Found<M> | undefined {
    return this.#lines.find(isReached);
  }

  /** Lines with their numbers, in order; those of stretches whose measure does not pass a test are passed over. */
  linesWhere(
    mayHold: (measure: M) => boolean,
  ): Generator<readonly [lineNumber: number, line: Line<T>]> {
    return this.#lines.itemsWhere(mayHold);
  }

  /** The same text, and nothing known of it. */
  withoutNotes(): LineStore<T, M> {
    const lines = this.#lines.map(({ text, eol }) => ({ text, eol, note: undefined }));
    return new LineStore(lines, this.#measure);
  }

  /** After the last character. */
  get end(): Position {
    const line = this.lineCount - 1;
    return { line, character: this.line(line).text.length };
  }

  /** The place in this text that a position from outside means. */
  clamp({ line, character }: Position): Position {
    if (!(line >= 0)) return { line: 0, character: 0 };
    if (line >= this.lineCount) return this.end;
    const lineNumber = Math.trunc(line);
    const { length } = this.line(lineNumber).text;
    const wholeCharacter = Math.trunc(character) || 0;
    return { line: lineNumber, character: Math.min(Math.max(wholeCharacter, 0), length) };
  }

  offsetAt(position: Position): number {
    const { line, character } = this.clamp(position);
    return this.before(line).length + character;
  }

  positionAt(offset: number): Position {
    const found = this.find(({ length }) => length > offset);
    if (found === undefined) return this.end;
    return this.clamp({ line: found.index, character: offset - found.before.length });
  }

  /** The text of a range, whichever of its ends comes first, or all of it. */
  getText(range = wholeText): string {
    const [start, end] = this.#ordered(range);
    if (start.line === end.line) {
      return this.line(start.line).text.slice(start.character, end.character);
    }
    const first = this.line(start.line);
    const parts = [first.text.slice(start.character), first.eol];
    let lineNumber = start.line;
    for (const { text, eol } of this.lines(start.line + 1)) {
      if (++lineNumber === end.line) break;
      parts.push(text, eol);
    }
    parts.push(this.line(end.line).text.slice(0, end.character));
    return parts.join('');
  }

  /** With another text in a range, whichever of its ends comes first, or instead of all lines. */
  edit(range: Range | undefined, newText: string): LineEdit<T, M> {
    if (range === undefined) {
      const store = LineStore.of(newText, this.#measure);
      return { store, from: 0, removed: this.lineCount, inserted: store.lineCount };
    }
    const [start, end] = this.#ordered(range);
    const last = this.line(end.line);
    const tail = last.text.slice(end.character);
    // A line feed that closes the last line pairs with a carriage return that now stands before it.
    let middle = tail === '' ? newText + last.eol : newText;
    let from = start.line;
    let head = this.line(from).text.slice(0, start.character);
    if (head === '' && middle.startsWith('\n') && this.#endsInReturn(from - 1)) {
      middle = `\r${middle}`;
      from -= 1;
      head = this.line(from).text;
    }
    const lines = weld(head, middle, tail, last.eol);
    const store = this.#splice(from, end.line + 1, lines);
    return { store, from, removed: end.line + 1 - from, inserted: lines.length };
  }

  /** With other notes on consecutive lines, as far as there are lines. */
  annotate(from: number, notes: readonly (T | undefined)[]): LineStore<T, M> {
    const lines: Line<T>[] = [];
    for (const { text, eol } of this.lines(from)) {
      if (lines.length === notes.length) break;
      lines.push({ text, eol, note: notes[lines.length] });
    }
    return this.#splice(from, from + lines.length, lines);
  }

  #splice(from: number, to: number, lines: readonly Line<T>[]): LineStore<T, M> {
    return new LineStore(this.#lines.splice(from, to, lines), this.#measure);
  }

  #endsInReturn(lineNumber: number): boolean {
    return lineNumber >= 0 && this.line(lineNumber).eol === '\r';
  }

  #ordered(range: Range): readonly [Position, Position] {
    const start = this.clamp(range.start);
    const end = this.clamp(range.end);
    return isBefore(end, start) ? [end, start] : [start, end];
  }
}

/**
 * The lines of `head + middle + tail + eol`, where head and tail hold no line end, and `middle` holds `eol` already if
 * the tail is empty. Only the middle is searched for line ends, and each line is copied once: a line of megabytes is
 * moved once an edit, as reading it would have to do anyhow, and no line keeps another text alive.
 */
function weld(head: string, middle: string, tail: string, eol: LineEnd): Line<never>[] {
  const pieces = splitLines(middle);
  if (tail === '' && eol !== '') pieces.pop();
  const last = pieces.length - 1;
  return pieces.map((piece, index) => ({
    text: ownCopy((index === 0 ? head : '') + piece.text + (index === last ? tail : '')),
    eol: piece.eol === '' ? eol : piece.eol,
    note: undefined,
  }));
}
