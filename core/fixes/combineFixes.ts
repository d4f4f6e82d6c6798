import type { Edit, Fix } from '../finding/finding.ts';
import { overlaps } from '../text/span.ts';

/**
 * The edits of several fixes of one record, in order of place. Of two fixes that touch the same place the later is
 * left for another time.
 */
export function combineFixes(fixes: Iterable<Fix>): readonly Edit[] {
  const edits: Edit[] = [];
  for (const fix of fixes) {
    const isFree = fix.edits.every(
      ({ span }) => !edits.some((taken) => overlaps(taken.span, span)),
    );
    if (isFree) edits.push(...fix.edits);
  }
  return edits.sort((a, b) => a.span.start - b.span.start);
}
