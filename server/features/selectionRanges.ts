import type { Position, SelectionRange } from 'vscode-languageserver';
import { condense } from '../../core/record/condense.ts';
import { readTolerantly } from '../../core/record/readTolerantly.ts';
import { stepsTo, type Step } from '../../core/record/stepsTo.ts';
import { contains, span, type Span } from '../../core/text/span.ts';
import type { Snapshot } from '../snapshot.ts';

/** Selections that grow from a place; an answer is written as JSON, which recurses into each. */
const maxRanges = 100;

/** What "Expand Selection" selects from each place on: the text of a string, the value, the member, the object, the record. */
export function selectionRangesAt(
  snapshot: Snapshot,
  positions: readonly Position[],
): SelectionRange[] {
  return positions.map((position) => selectionRangeAt(snapshot, position));
}

function selectionRangeAt({ document }: Snapshot, position: Position): SelectionRange {
  const record = document.recordAt(position);
  const empty = { range: { start: position, end: position } };
  if (!record) return empty;
  const condensed = condense(record.text);
  // In the middle of a long string any place of it is as good.
  const at = condensed.nearest(record.offsetOf(position));
  const toRecord = ({ start, end }: Span): Span =>
    span(condensed.toRecord(start), condensed.toRecord(end));
  let selected: SelectionRange | undefined;
  for (const { start, end } of spansTo(stepsTo(readTolerantly(condensed.text), at), at, toRecord)) {
    const range = { start: record.positionOf(start), end: record.positionOf(end) };
    selected = { range, ...(selected && { parent: selected }) };
  }
  return selected ?? empty;
}

/** From the whole record to the innermost; of a very deep one the innermost. */
function spansTo(steps: readonly Step[], at: number, toRecord: (each: Span) => Span): Span[] {
  const spans: Span[] = [];
  for (const { key, value } of steps.slice(-maxRanges)) {
    if (key) spans.push(toRecord(span(key.span.start, value.span.end)));
    const own = key && contains(key.span, at) ? key : value;
    const whole = toRecord(own.span);
    spans.push(whole);
    const isInside = own.span.start < at && at < own.span.end;
    if (own.kind === 'string' && isInside) spans.push(span(whole.start + 1, whole.end - 1));
  }
  return spans;
}
