import { severities } from '../finding/finding.ts';
import type { PlacedFinding } from './checkedDocument.ts';
import { comparePlaces } from './places.ts';

/** At most `limit` findings, the gravest of all and of equally grave ones the first given; in order of place. */
export function takeGravest(findings: readonly PlacedFinding[], limit: number): PlacedFinding[] {
  const byGravity = [...findings].sort(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  return byGravity.slice(0, limit).sort(comparePlaces);
}
