import type { Finding, Fix, Report } from '../finding/finding.ts';
import { isBlank } from '../record/isBlank.ts';
import { tellsBinary } from '../text/binary.ts';
import { decodeLine } from '../text/decodeLine.ts';
import type { ByteLine } from '../text/lineReader.ts';
import type { DatasetFinding } from './checkDataset.ts';
import {
  joinedRule,
  noHeldLines,
  RecordJoiner,
  type HeldLines,
  type JoinableLine,
  type LineGroup,
} from './recordJoiner.ts';

/** What there is to repair in some lines of a file that follow each other. Plain data. */
export interface FixableStretch {
  /** Findings that all certain repairs take away, but for those on the lines that are held. */
  readonly count: number;
  /** Whether the file cannot be repaired: a line is too long to be written again, or it is no text. */
  readonly isHopeless: boolean;
  /** The last lines, as far as it takes those behind them to tell. */
  readonly held: HeldLines<CountedLine>;
}

export const nothingFixable: FixableStretch = { count: 0, isHopeless: false, held: noHeldLines };

/**
 * Counts the findings of a file that all certain repairs take away, as the file is checked line by line. No repair is
 * done; those of a finding are asked for, and of lines that are not JSON, whether they make one record together.
 *
 * Pass `onReport` to the check of each line, then call `endLine`; in the end `finish`, once.
 */
export class FixableCounter implements FixableStretch {
  readonly #joiner: RecordJoiner<CountedLine>;
  #count: number;
  /** On the line that is being checked. */
  #onLine = 0;
  #isHopeless: boolean;

  /** Goes on where another one stopped. */
  constructor({ count, isHopeless, held }: FixableStretch = nothingFixable) {
    this.#count = count;
    this.#isHopeless = isHopeless;
    this.#joiner = new RecordJoiner(held);
  }

  get count(): number {
    return this.#count;
  }

  get isHopeless(): boolean {
    return this.#isHopeless;
  }

  get held(): HeldLines<CountedLine> {
    return this.#joiner.held;
  }

  /** Whether lines before this one may belong to a record that goes on here. */
  get isHolding(): boolean {
    return this.#joiner.isHolding;
  }

  readonly onReport = (report: Report): void => {
    if (hasCertainFix(report)) this.#onLine++;
  };

  endLine({ bytes, eol, offset }: ByteLine, findings: readonly Finding[]): void {
    const fixable = this.#onLine;
    this.#onLine = 0;
    if (!bytes || tellsBinary(bytes, offset)) {
      this.#isHopeless = true;
    } else if (this.#joiner.isHolding || findings.some(({ rule }) => rule === joinedRule)) {
      this.#take(bytes, { eol, findings, fixable });
    } else {
      this.#count += fixable;
    }
  }

  finish(aboutFile: readonly DatasetFinding[]): number {
    for (const group of this.#joiner.end()) this.#add(group);
    if (this.#isHopeless) return 0;
    const ofFile = aboutFile.filter(
      (finding) => finding.isRepairedInBytes ?? hasCertainFix(finding),
    );
    return this.#count + ofFile.length;
  }

  #take(bytes: Uint8Array, line: Pick<CountedLine, 'eol' | 'findings' | 'fixable'>): void {
    const isSound = line.findings.length === 0 && !isBlank(bytes);
    const { text, invalid } = isSound ? noText : decodeLine(bytes);
    // Of what is not UTF-8 nothing is repaired.
    const taken = invalid
      ? { ...line, text, isClean: true, fixable: 0 }
      : { ...line, text, isClean: isSound };
    for (const group of this.#joiner.push(taken)) this.#add(group);
  }

  /** What was wrong with lines goes with them when they are joined. */
  #add({ lines, joining }: LineGroup<CountedLine>): void {
    for (const { findings, fixable } of lines) {
      this.#count += joining?.isCertain ? findings.length : fixable;
    }
  }
}

export interface CountedLine extends JoinableLine {
  /** How many of its findings have a certain repair. */
  readonly fixable: number;
}

const noText = { text: '', invalid: undefined } as const;

/** Whether one of the fixes is certain, and possible where the record stands. */
export function hasCertainFix(
  { fixes }: Pick<Report, 'fixes'>,
  isPossible: (fix: Fix) => boolean = () => true,
): boolean {
  return fixes?.().some((fix) => fix.isCertain && isPossible(fix)) ?? false;
}
