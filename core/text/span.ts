/**
 * A half-open stretch of text, `[start, end)`, in UTF-16 code units from 0.
 * Inside `core` a span counts from the start of its record, so that moving a line costs nothing.
 *
 * In `{"role":"user"}` the span of the value `"user"`, quotes included, is `{ start: 8, end: 14 }`.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether two spans share a code unit, or one is empty and lies inside or at an end of the other. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start === a.end || b.start === b.end
    ? a.start <= b.end && b.start <= a.end
    : a.start < b.end && b.start < a.end;
}

export function contains(outer: Span, offset: number): boolean {
  return outer.start <= offset && offset <= outer.end;
}
