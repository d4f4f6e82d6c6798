import type { Span } from '../text/span.ts';

/** A string as it stands in a text, quotes included. */
export interface QuotedSpan extends Span {
  /** Only the last one may lack its closing quote. */
  readonly isClosed: boolean;
}

/** The strings of a JSON text in one pass of native searches. In a broken text, whatever stands between two quotes. */
export function* quotedSpans(text: string): Generator<QuotedSpan> {
  const quoteFrom = search(text, '"');
  const backslashFrom = search(text, '\\');
  for (let start = quoteFrom(0); start < text.length;) {
    let at = start + 1;
    // As far as quotes go, an escape is two characters long.
    while (backslashFrom(at) < quoteFrom(at)) at = backslashFrom(at) + 2;
    const close = quoteFrom(at);
    const isClosed = close < text.length;
    yield { start, end: isClosed ? close + 1 : text.length, isClosed };
    start = quoteFrom(close + 1);
  }
}

/** Where a character is next; the length of the text if nowhere. Asked for rising places, it reads the text once. */
function search(text: string, character: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const index = text.indexOf(character, from);
      found = index === -1 ? text.length : index;
    }
    return found;
  };
}
