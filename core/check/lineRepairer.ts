import type { Finding, Fix } from '../finding/finding.ts';
import { joinLines, opensRecord } from '../fixes/joinLines.ts';
import { applyEdits } from '../fixes/jsonEdits.ts';
import { composeEdits } from '../fixes/composeEdits.ts';
import { findLineRepairs, type LineText } from './checkLine.ts';
import type { CheckContext } from './context.ts';
import { repairText, type ChooseFix, type Repair } from './repair.ts';

/** A line that has been checked. */
export interface FoundLine extends LineText {
  readonly findings: readonly Pick<Finding, 'rule'>[];
  /** A record without a finding, or one that cannot be repaired. Its text is not looked at. */
  readonly isClean: boolean;
}

/** Lines that follow each other, most often one, and what becomes of them. */
export interface RepairedLines<L extends FoundLine> {
  readonly lines: readonly L[];
  /** Of their texts with a line feed between each two; undefined where they stay as they are. */
  readonly repair: Repair | undefined;
}

/** Lines and characters that a record may be spread over: they are held until its end is found. */
const maxJoinedLines = 10_000;
const maxJoinedLength = 2 ** 24;

/** Lines after which the end of a record is looked for; each time in vain, in so many times more. */
const firstLook = 16;

/**
 * Repairs a file line by line. Gives back every line in order; holds lines back only while they may belong to a record
 * that is spread over several.
 */
export class LineRepairer<L extends FoundLine> {
  readonly #context: CheckContext;
  readonly #choose: ChooseFix;
  /** Lines from the first of a record that is not closed yet. */
  #held: L[] = [];
  #heldLength = 0;
  #nextLook = firstLook;

  constructor(context: CheckContext, choose: ChooseFix) {
    this.#context = context;
    this.#choose = choose;
  }

  *push(line: L): Generator<RepairedLines<L>> {
    if (this.#held.length === 0 && !this.#mayOpen(line)) {
      yield this.#repair(line);
      return;
    }
    this.#held.push(line);
    this.#heldLength += line.text.length;
    if (line.isClean || this.#held.length >= this.#nextLook || this.#isFull) yield* this.#settle();
  }

  *end(): Generator<RepairedLines<L>> {
    while (this.#held.length > 0) yield* this.#settle({ isLast: true });
  }

  get #isFull(): boolean {
    return this.#held.length >= maxJoinedLines || this.#heldLength >= maxJoinedLength;
  }

  /** Looks for the end of the record; gives back what is decided. */
  *#settle({ isLast = false } = {}): Generator<RepairedLines<L>> {
    const lines = this.#held;
    // A clean line is a record of its own.
    const clean = lines.findIndex(({ isClean }) => isClean);
    const texts = (clean < 0 ? lines : lines.slice(0, clean)).map(({ text }) => text);
    const joining = joinLines(texts);
    if (joining.state === 'open' && clean < 0 && !isLast && !this.#isFull) {
      this.#nextLook = lines.length * firstLook;
      return;
    }
    this.#held = [];
    this.#heldLength = 0;
    this.#nextLook = firstLook;
    const joined =
      joining.state === 'joined' ? this.#join(lines, joining.fix, joining.lineCount) : undefined;
    if (joined) yield joined;
    const looked = joining.state === 'open' ? texts.length : joining.lineCount;
    // Behind a line that only seemed to be a beginning there may be a true one: looked for where that costs little.
    const decided = joining.state === 'joined' || looked > firstLook ? looked : 1;
    if (!joined) for (const line of lines.slice(0, decided)) yield this.#repair(line);
    for (const line of lines.slice(decided)) yield* this.push(line);
  }

  #mayOpen({ text, findings, isClean }: L): boolean {
    return !isClean && findings.some(({ rule }) => rule === 'json-syntax') && opensRecord(text);
  }

  #repair(line: L): RepairedLines<L> {
    if (line.isClean) return { lines: [line], repair: undefined };
    const repair = this.#repairText(line.text, line);
    return { lines: [line], repair: repair.applied.length > 0 ? repair : undefined };
  }

  /** Undefined where such a fix is not wanted. */
  #join(lines: readonly L[], fix: Fix, lineCount: number): RepairedLines<L> | undefined {
    const joined = lines.slice(0, lineCount);
    const last = joined.at(-1);
    const chosen = this.#choose({ ...joinedFinding, fixes: [fix] });
    if (!last || chosen !== fix) return undefined;
    const block = joined.map(({ text }) => text).join('\n');
    const { edits, text, applied } = this.#repairText(applyEdits(block, fix.edits), last);
    const repair = {
      edits: composeEdits(block.length, fix.edits, edits),
      text,
      isRemoved: false,
      applied: [{ rule: joinedFinding.rule, title: fix.title }, ...applied],
    };
    return { lines: joined, repair };
  }

  #repairText(text: string, { eol }: L): Repair {
    const findRepairs = (each: string) => findLineRepairs({ text: each, eol }, this.#context);
    return repairText(text, findRepairs, this.#choose);
  }
}

/** What a record that is spread over lines is reported as, on the first of them. */
const joinedFinding = {
  rule: 'json-syntax',
  severity: 'error',
  span: { start: 0, end: 0 },
  message: '',
} as const;
