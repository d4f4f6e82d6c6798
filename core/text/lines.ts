/** What closes a line. Only the last line of a text has none. */
export type LineEnd = '' | '\n' | '\r\n' | '\r';

/** A line of a text. Immutable: an edit replaces it by another line, whose note is not known yet. */
export interface Line<T> {
  /** Without its line end. */
  readonly text: string;
  readonly eol: LineEnd;
  /** What is known of this line, such as its checked record: it lives and dies with the line. */
  readonly note: T | undefined;
}

/** In UTF-16 code units, the line end included. */
export function lineLength(line: Line<unknown>): number {
  return line.text.length + line.eol.length;
}

/**
 * Cuts a text where LSP does: CR LF, LF and a CR alone end a line, U+2028, U+2029 and U+0085 do not. There is always
 * a last line with no end, empty if the text ends in a line end: `"a\n"` has the lines `"a"` and `""`.
 *
 * The lines are slices of `text`, which costs no copy and keeps `text` alive as long as any of them.
 */
export function splitLines(text: string): Line<never>[] {
  const lines: Line<never>[] = [];
  let feed = nextIndex(text, '\n', 0);
  let carriage = nextIndex(text, '\r', 0);
  for (let start = 0; ;) {
    const end = Math.min(feed, carriage);
    const eol = lineEndAt(feed, carriage);
    lines.push({ text: text.slice(start, end), eol, note: undefined });
    if (eol === '') return lines;
    start = end + eol.length;
    if (feed < start) feed = nextIndex(text, '\n', start);
    if (carriage < start) carriage = nextIndex(text, '\r', start);
  }
}

/** What ends a line, given the index of the next line feed and of the next carriage return, Infinity if there is none. */
export function lineEndAt(feed: number, carriage: number): LineEnd {
  if (feed === carriage) return '';
  if (feed < carriage) return '\n';
  return feed === carriage + 1 ? '\r\n' : '\r';
}

/** Infinity if there is none: it is never searched for again, so each character is looked at twice at most. */
function nextIndex(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index === -1 ? Infinity : index;
}
