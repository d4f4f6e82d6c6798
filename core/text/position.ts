/**
 * A place in a text as editors name it: the line from 0, and the character from 0 in that line, in UTF-16 code units.
 * Of the same shape as LSP's `Position`.
 */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to, not including, `end`. Of the same shape as LSP's `Range`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Whether `a` stands before `b` in a text. */
export function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
