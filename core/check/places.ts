import type { Finding } from '../finding/finding.ts';
import type { Position } from '../text/position.ts';
import type { DatasetFinding } from './checkDataset.ts';
import type { PlacedFinding } from './checkedDocument.ts';

/** A record's findings count from the start of its line. */
export function placeFinding(
  { rule, severity, message, span }: Finding,
  line: number,
): PlacedFinding {
  const range = { start: { line, character: span.start }, end: { line, character: span.end } };
  return { rule, severity, message, range };
}

/**
 * On the first character of its line, unless it is about something on it; never past the end of the line, of
 * `lineLength` UTF-16 code units.
 */
export function placeDatasetFinding(finding: DatasetFinding, lineLength: number): PlacedFinding {
  const { rule, severity, message, line, span: wanted = { start: 0, end: 1 }, related } = finding;
  const span = {
    start: Math.min(wanted.start, lineLength),
    end: Math.min(wanted.end, lineLength),
  };
  return { ...placeFinding({ rule, severity, message, span }, line), ...(related && { related }) };
}

/** The order in which findings are listed everywhere. */
export function comparePlaces(a: PlacedFinding, b: PlacedFinding): number {
  return (
    comparePositions(a.range.start, b.range.start) || comparePositions(a.range.end, b.range.end)
  );
}

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
