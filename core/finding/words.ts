import { formatCount } from '../text/formatCount.ts';
import type { Position } from '../text/position.ts';
import { severities, type Severity } from './finding.ts';

/** What a finding of the severity is called where findings are counted; `info` has no plural in English. */
const nouns: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'hint',
};

/** Where nothing was found. */
export const noProblems = 'no problems';

/** `1 record`, `1,204 records` */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2 errors`, `5 warnings`: each severity that was found, the gravest first. */
export function* describeCounts(
  counts: Readonly<Record<Severity, number>>,
): Generator<[severity: Severity, words: string]> {
  for (const severity of severities) {
    if (counts[severity] > 0) yield [severity, countOf(counts[severity], nouns[severity])];
  }
}

/** `14:212`, both from 1. */
export function describePlace({ line, character }: Position): string {
  return `${line + 1}:${character + 1}`;
}
