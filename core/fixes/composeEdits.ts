import type { Edit } from '../finding/finding.ts';
import { span, type Span } from '../text/span.ts';

/**
 * The edits that do at once what `first` does to a text of a length, and then `second` to its result. Both are in order
 * of place and do not overlap, and so are those that come back.
 */
export function composeEdits(
  length: number,
  first: readonly Edit[],
  second: readonly Edit[],
): readonly Edit[] {
  if (first.length === 0) return second;
  const source = new Pieces(piecesOf(length, first));
  const pieces: Piece[] = [];
  for (const { span: cut, newText } of second) {
    for (const piece of source.takeTo(cut.start)) pieces.push(piece);
    pieces.push(newText);
    source.takeTo(cut.end);
  }
  // One by one: there may be more than a call takes arguments.
  for (const piece of source.takeTo(Infinity)) pieces.push(piece);
  return editsOf(length, pieces);
}

/** A stretch of an edited text: one that the original has too, given by its span there, or one that is new. */
type Piece = Span | string;

function piecesOf(length: number, edits: readonly Edit[]): Piece[] {
  const pieces: Piece[] = [];
  let kept = 0;
  for (const { span: cut, newText } of edits) {
    pieces.push(span(kept, cut.start), newText);
    kept = cut.end;
  }
  pieces.push(span(kept, length));
  return pieces;
}

/** Pieces that are taken from the start on. */
class Pieces {
  readonly #pieces: readonly Piece[];
  #next = 0;
  /** Of the piece that is next, how much is taken. */
  #taken = 0;
  #at = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** Up to an offset in the edited text. */
  takeTo(end: number): Piece[] {
    const found: Piece[] = [];
    while (this.#at < end) {
      const piece = this.#pieces[this.#next];
      if (piece === undefined) break;
      const to = Math.min(lengthOf(piece), this.#taken + end - this.#at);
      found.push(slice(piece, this.#taken, to));
      this.#at += to - this.#taken;
      this.#taken = to;
      if (to < lengthOf(piece)) break;
      this.#next++;
      this.#taken = 0;
    }
    return found;
  }
}

function lengthOf(piece: Piece): number {
  return typeof piece === 'string' ? piece.length : piece.end - piece.start;
}

function slice(piece: Piece, from: number, to: number): Piece {
  return typeof piece === 'string'
    ? piece.slice(from, to)
    : span(piece.start + from, piece.start + to);
}

/** Whatever stands between two stretches that are kept, or was there, has been replaced. */
function editsOf(length: number, pieces: readonly Piece[]): readonly Edit[] {
  const edits: Edit[] = [];
  let done = 0;
  let newText = '';
  for (const piece of [...pieces, span(length, length)]) {
    if (typeof piece === 'string') {
      newText += piece;
      continue;
    }
    if (lengthOf(piece) === 0 && piece.start < length) continue;
    if (piece.start > done || newText !== '')
      edits.push({ span: span(done, piece.start), newText });
    newText = '';
    done = piece.end;
  }
  return edits;
}
