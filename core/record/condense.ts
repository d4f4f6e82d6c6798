import { quotedSpans } from './quotedSpans.ts';

/** Longer strings lose what is between their quotes. Keys, roles and details are shorter by far. */
const longString = 200;

/** Outside of strings, a run without structure: base64 behind a quote that somebody has just typed. */
const longRun = /[^\s[\]{},:"]{200,}/g;

interface Cut {
  /** Where the missing characters stood, in the condensed text. */
  readonly at: number;
  /** Where they stand in the record. */
  readonly start: number;
  readonly end: number;
}

/**
 * A record without the insides of its long strings: a few hundred characters of structure instead of megabytes of base64.
 * jsonc-parser takes 30 ms to find a place in a megabyte, this takes one to leave the megabyte out.
 */
export class CondensedRecord {
  readonly text: string;
  readonly #cuts: readonly Cut[];

  constructor(text: string, cuts: readonly Cut[]) {
    this.text = text;
    this.#cuts = cuts;
  }

  /** The same place in the condensed text; undefined inside what is left out. */
  toCondensed(offset: number): number | undefined {
    const isLeftOut = this.#cuts.some(({ start, end }) => start < offset && offset < end);
    return isLeftOut ? undefined : this.nearest(offset);
  }

  /** The same place in the condensed text; inside what is left out, the place where it was. */
  nearest(offset: number): number {
    let shift = 0;
    for (const { start, end } of this.#cuts) {
      if (offset <= start) break;
      shift += Math.min(offset, end) - start;
    }
    return offset - shift;
  }

  /** The same place in the record. Where characters are missing it is the one before them. */
  toRecord(offset: number): number {
    let shift = 0;
    for (const { at, start, end } of this.#cuts) {
      if (offset <= at) break;
      shift += end - start;
    }
    return offset + shift;
  }
}

/** Broken records lose the same, as far as quotes can be told apart: their structure stays what it was. */
export function condense(text: string): CondensedRecord {
  const pieces: string[] = [];
  const cuts: Cut[] = [];
  let length = 0;
  let kept = 0;
  const cut = (start: number, end: number): void => {
    pieces.push(text.slice(kept, start));
    length += start - kept;
    cuts.push({ at: length, start, end });
    kept = end;
  };
  let outside = 0;
  for (const { start, end, isClosed } of quotedSpans(text)) {
    cutRuns(text, outside, start, cut);
    if (end - start > longString) cut(start + 1, isClosed ? end - 1 : end);
    outside = end;
  }
  cutRuns(text, outside, text.length, cut);
  pieces.push(text.slice(kept));
  return new CondensedRecord(pieces.join(''), cuts);
}

function cutRuns(
  text: string,
  start: number,
  end: number,
  cut: (start: number, end: number) => void,
): void {
  if (end - start < longString) return;
  for (const { index, 0: run } of text.slice(start, end).matchAll(longRun)) {
    cut(start + index, start + index + run.length);
  }
}
