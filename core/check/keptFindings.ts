import { severities, type Severity } from '../finding/finding.ts';
import type { PlacedFinding, SeverityCounts } from './checkedDocument.ts';

/** All findings counted, and some of them. Plain data. */
export interface Findings {
  readonly counts: SeverityCounts;
  /** Of each severity the first ones. */
  readonly kept: Readonly<Record<Severity, readonly PlacedFinding[]>>;
}

/** How many findings of each severity there is room for. */
export type FindingRoom = Readonly<Record<Severity, number>>;

/** Counts findings, and keeps of each severity the first ones, as many as are listed if no finding is graver. */
export class KeptFindings implements Findings {
  readonly counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  readonly kept: Record<Severity, PlacedFinding[]> = { error: [], warning: [], info: [], hint: [] };
  readonly #most: FindingRoom;

  constructor(most: FindingRoom) {
    this.#most = most;
  }

  add(finding: PlacedFinding): void {
    this.counts[finding.severity]++;
    const kept = this.kept[finding.severity];
    if (kept.length < this.#most[finding.severity]) kept.push(finding);
  }

  /** Takes in what was found in lines from `firstLine` on, told from 0. */
  append({ counts, kept }: Findings, firstLine: number): void {
    for (const severity of severities) {
      this.counts[severity] += counts[severity];
      const room = this.#most[severity] - this.kept[severity].length;
      for (const finding of kept[severity].slice(0, room)) {
        this.kept[severity].push(moveDown(finding, firstLine));
      }
    }
  }

  /** For how many more there is room. */
  get room(): FindingRoom {
    const { error, warning, info, hint } = this.kept;
    return {
      error: this.#most.error - error.length,
      warning: this.#most.warning - warning.length,
      info: this.#most.info - info.length,
      hint: this.#most.hint - hint.length,
    };
  }
}

/** The same room for each. */
export function roomFor(findings: number): FindingRoom {
  return { error: findings, warning: findings, info: findings, hint: findings };
}

/** A finding of a record, which is about no other line. */
function moveDown(finding: PlacedFinding, lines: number): PlacedFinding {
  const { start, end } = finding.range;
  const range = {
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  };
  return { ...finding, range };
}
