import { describePlace } from '../core/finding/words.ts';
import type { FileFinding } from '../server/protocol.ts';

/** The place at the beginning of a line that `describeFindings` writes: line and column, from 1. */
export const placePattern = /^(\d+):(\d+)(?= )/;

/** A line for each: `14:212  error    Image is a 640×480 GIF; …  image-format`. */
export function describeFindings(findings: readonly FileFinding[]): string {
  const lines = findings.map(({ range: { start }, severity, message, rule }) => ({
    place: describePlace(start),
    rest: `${severity.padEnd('warning'.length)}  ${message}  ${rule}`,
  }));
  const width = lines.reduce((widest, { place }) => Math.max(widest, place.length), 0);
  return lines.map(({ place, rest }) => `${place.padEnd(width)}  ${rest}\n`).join('');
}
