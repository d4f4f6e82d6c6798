import { span, type Span } from '../text/span.ts';
import type { JsonValue } from './jsonTree.ts';

/**
 * Where a stretch of a string's text stands in its record. The two count alike up to the first escape:
 * in `"a\/b"` the `b` is at 2 in the text and at 4 in the record. Offsets past the end stand for the end.
 */
export function placeInString(value: JsonValue, start: number, end: number): Span {
  const [first = 0, last = 0] = placesInString(value, [start, end]);
  return span(first, last);
}

/** The offsets in the record for ascending offsets in a string's text, in one pass over its escapes. */
export function placesInString(value: JsonValue, offsets: readonly number[]): readonly number[] {
  const { text } = value.tree;
  const { start, end } = value.span;
  const closingQuote = end - 1;
  /** How far a place in the record is ahead of that in the text. */
  let ahead = start + 1;
  let escape = nextEscape(text, ahead, closingQuote);
  return offsets.map((offset) => {
    while (escape < closingQuote && escape < offset + ahead) {
      const length = text[escape + 1] === 'u' ? 6 : 2;
      ahead += length - 1;
      escape = nextEscape(text, escape + length, closingQuote);
    }
    return Math.min(offset + ahead, closingQuote);
  });
}

/** The offset of the next backslash, or of the closing quote. Not searched for behind that: a record may hold many strings. */
function nextEscape(text: string, from: number, closingQuote: number): number {
  const found = text.slice(from, closingQuote).indexOf('\\');
  return found < 0 ? closingQuote : from + found;
}
