import { rules } from '../rules/index.ts';
import type { PlacedFinding } from './checkedDocument.ts';

/** An example that a service may leave out, as far as our own check can tell. */
export interface SkipCandidate {
  /** From 1. */
  readonly line: number;
  /** The finding's message. */
  readonly reason: string;
}

const skipping = idsOf(({ skipsExample }) => skipsExample);
const forecasting = idsOf(({ forecastsSkip }) => forecastsSkip);

/** The first `most` examples that findings cast a doubt on, each with the first of its doubts, in the order of the file. */
export function skipCandidates(findings: readonly PlacedFinding[], most: number): SkipCandidate[] {
  const byLine = new Map<number, string>();
  for (const finding of findings) {
    const line = finding.range.start.line + 1;
    if (tellsOfSkip(finding) && !byLine.has(line)) byLine.set(line, finding.message);
    if (byLine.size === most) break;
  }
  return [...byLine].map(([line, reason]) => ({ line, reason }));
}

/** What these rules have to say below a warning is about something else. */
function tellsOfSkip({ rule, severity }: PlacedFinding): boolean {
  const isGrave = severity === 'error' || severity === 'warning';
  return forecasting.has(rule) || (skipping.has(rule) && isGrave);
}

function idsOf(isTelling: (rule: (typeof rules)[number]) => true | undefined): ReadonlySet<string> {
  return new Set(rules.filter(isTelling).map(({ id }) => id));
}
