import type { Edit, Fix } from '../finding/finding.ts';
import { overlaps } from '../text/span.ts';

/**
 * The edits of several fixes of one record, in order of place. Of two fixes that touch the same place the later is
 * left for another time: see `fixesThatCombine`.
 */
export function combineFixes(fixes: Iterable<Fix>): readonly Edit[] {
  return fixesThatCombine(fixes).edits;
}

export interface Combination<F extends Fix> {
  readonly fixes: readonly F[];
  /** Of all these fixes, in order of place. */
  readonly edits: readonly Edit[];
}

/** As many of the fixes, in the order given, as touch no place twice; n of them in O(n log n) and a move of memory each. */
export function fixesThatCombine<F extends Fix>(fixes: Iterable<F>): Combination<F> {
  const taken: F[] = [];
  const edits: Edit[] = [];
  for (const fix of fixes) {
    if (fix.edits.some((edit) => isTaken(edits, edit))) continue;
    taken.push(fix);
    for (const edit of fix.edits) edits.splice(placeFor(edits, edit), 0, edit);
  }
  return { fixes: taken, edits };
}

/** What is taken lies in order and apart, so that only the neighbours can be in the way. */
function isTaken(edits: readonly Edit[], edit: Edit): boolean {
  const place = placeFor(edits, edit);
  return edits
    .slice(Math.max(0, place - 2), place + 2)
    .some((neighbour) => overlaps(neighbour.span, edit.span));
}

/** The index of the first edit that does not begin before this one. */
function placeFor(edits: readonly Edit[], { span }: Edit): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edits[middle]?.span.start ?? 0) < span.start) low = middle + 1;
    else high = middle;
  }
  return low;
}
