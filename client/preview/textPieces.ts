import { makeVisible } from '../../core/text/quote.ts';

/** A part of a text as the page shows it. */
export interface ShownText {
  /** One after the other they are the part; each is laid out by itself. */
  readonly pieces: readonly string[];
  /** Where the part ends in the text as it is, whose control characters are shorter than what is shown of them. */
  readonly to: number;
}

/** Characters of a piece. A page lays out 250,000 in one in some seconds, and as pieces only those in sight. */
export const pieceCharacters = 4000;

/** The part of a text from `from` on, of at least `length` characters if there are so many, and of a piece more at most. */
export function showText(whole: string, from: number, length: number): ShownText {
  const pieces: string[] = [];
  const end = Math.min(from + length, whole.length);
  let to = Math.min(from, whole.length);
  while (to < end) {
    const next = endOfPiece(whole, to);
    pieces.push(showControls(whole.slice(to, next)));
    to = next;
  }
  return { pieces, to };
}

/** Behind a line if one ends in its second half, else behind a blank, for a new piece begins on a new line. */
function endOfPiece(whole: string, from: number): number {
  const limit = from + pieceCharacters;
  if (limit >= whole.length) return whole.length;
  const least = from + pieceCharacters / 2;
  // A line that ends just behind the piece belongs to it.
  const line = whole.lastIndexOf('\n', limit);
  if (line >= least) return line + 1;
  const blank = whole.lastIndexOf(' ', limit - 1);
  return blank >= least ? blank + 1 : cutAt(whole, limit);
}

/** Not between the halves of a character. */
function cutAt(text: string, length: number): number {
  const code = text.charCodeAt(length - 1);
  return code >= 0xd800 && code < 0xdc00 ? length - 1 : length;
}

/** Control and direction-changing characters made visible, but for line feeds and tabs. */
function showControls(text: string): string {
  return text.replaceAll(/[^\n\t]+/g, makeVisible);
}
