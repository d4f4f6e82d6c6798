/** A change of a text, as VS Code tells of it: lines and characters from 0. */
export interface TextChange {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly text: string;
}

/**
 * Where a line of `length` characters is after changes, given as VS Code does: each in the text before all of them, the last
 * one first. Undefined when one has swallowed the line whole, so that what stands in its place may be something else.
 */
export function followLine(
  line: number,
  length: number,
  changes: readonly TextChange[],
): number | undefined {
  let shift = 0;
  for (const { range, text } of changes) {
    const { start, end } = range;
    const isBehind = start.line > line || (start.line === line && start.character >= length);
    if (isBehind) continue;
    const added = text.split('\n').length - 1;
    const isBefore = end.line < line || (end.line === line && end.character === 0);
    if (isBefore) {
      shift += added - (end.line - start.line);
      continue;
    }
    const isWithin = start.line === line && end.line === line;
    if (!isWithin || (text.trim() === '' && end.character - start.character === length))
      return undefined;
  }
  return line + shift;
}
