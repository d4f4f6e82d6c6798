import type { Hover, MarkupKind, Position } from 'vscode-languageserver';
import { condense } from '../../core/record/condense.ts';
import { readTolerantly } from '../../core/record/readTolerantly.ts';
import { pathOf, stepsTo } from '../../core/record/stepsTo.ts';
import { contains } from '../../core/text/span.ts';
import { keyOf, shapeAt } from '../editing/shapes.ts';
import type { Snapshot } from '../snapshot.ts';

/** What a key means and which limits go with it, where a person points at the key itself. Nothing of it is the record's text. */
export function keyHoverAt(
  { document }: Snapshot,
  position: Position,
  markup: MarkupKind,
): Hover | undefined {
  const record = document.recordAt(position);
  if (!record) return undefined;
  const condensed = condense(record.text);
  const at = condensed.toCondensed(record.offsetOf(position));
  if (at === undefined) return undefined;
  const steps = stepsTo(readTolerantly(condensed.text), at);
  const span = steps.at(-1)?.key?.span;
  if (!span || !contains(span, at)) return undefined;
  const path = pathOf(steps);
  const key = keyOf(shapeAt(path.slice(0, -1)), String(path.at(-1)));
  if (!key) return undefined;
  return {
    contents: { kind: markup, value: key.describe(document.context) },
    range: {
      start: record.positionOf(condensed.toRecord(span.start)),
      end: record.positionOf(condensed.toRecord(span.end)),
    },
  };
}
