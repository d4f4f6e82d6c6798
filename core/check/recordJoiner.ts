import type { Finding, Fix } from '../finding/finding.ts';
import { joinLines, opensRecord } from '../fixes/joinLines.ts';
import type { LineText } from './checkLine.ts';

/** A line that has been checked. */
export interface JoinableLine extends LineText {
  readonly findings: readonly Pick<Finding, 'rule'>[];
  /** A record without a finding, or one that cannot be repaired. Its text is not looked at. */
  readonly isClean: boolean;
}

/** A line; or several that make one record, and the fix that joins them: of their texts with a line feed between each two. */
export interface LineGroup<L> {
  readonly lines: readonly L[];
  readonly joining: Fix | undefined;
}

/** Lines and characters that a record may be spread over: they are held until its end is found. */
const maxJoinedLines = 10_000;
const maxJoinedLength = 2 ** 24;

/** Lines after which the end of a record is looked for; each time in vain, in so many times more. */
const firstLook = 16;

/** Lines that may belong to a record that is not closed yet. Plain data, if the lines are. */
export interface HeldLines<L> {
  readonly lines: readonly L[];
  /** How many there will be when the end of the record is looked for again. */
  readonly nextLook: number;
}

export const noHeldLines: HeldLines<never> = { lines: [], nextLook: firstLook };

/**
 * Finds the lines of a file that make one record together. Gives back every line in order; holds lines back only while
 * they may belong to a record that is spread over several.
 */
export class RecordJoiner<L extends JoinableLine> {
  /** Lines from the first of a record that is not closed yet. */
  #held: L[];
  #heldLength: number;
  #nextLook: number;

  /** Goes on where another one stopped. */
  constructor({ lines, nextLook }: HeldLines<L> = noHeldLines) {
    this.#held = [...lines];
    this.#heldLength = lines.reduce((length, { text }) => length + text.length, 0);
    this.#nextLook = nextLook;
  }

  /** What is held back now, for another one to go on with. */
  get held(): HeldLines<L> {
    return this.isHolding ? { lines: this.#held, nextLook: this.#nextLook } : noHeldLines;
  }

  /** Whether lines are held back. If not, and `mayOpen` says no of a line, it need not be pushed. */
  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  *push(line: L): Generator<LineGroup<L>> {
    if (!this.isHolding && !mayOpen(line)) {
      yield single(line);
      return;
    }
    this.#held.push(line);
    this.#heldLength += line.text.length;
    if (line.isClean || this.#held.length >= this.#nextLook || this.#isFull) yield* this.#settle();
  }

  *end(): Generator<LineGroup<L>> {
    while (this.#held.length > 0) yield* this.#settle({ isLast: true });
  }

  get #isFull(): boolean {
    return this.#held.length >= maxJoinedLines || this.#heldLength >= maxJoinedLength;
  }

  /** Looks for the end of the record; gives back what is decided. */
  *#settle({ isLast = false } = {}): Generator<LineGroup<L>> {
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
    const looked = joining.state === 'open' ? texts.length : joining.lineCount;
    // Behind a line that only seemed to be a beginning there may be a true one: looked for where that costs little.
    const decided = joining.state === 'joined' || looked > firstLook ? looked : 1;
    if (joining.state === 'joined') yield { lines: lines.slice(0, decided), joining: joining.fix };
    else for (const line of lines.slice(0, decided)) yield single(line);
    for (const line of lines.slice(decided)) yield* this.push(line);
  }
}

function single<L>(line: L): LineGroup<L> {
  return { lines: [line], joining: undefined };
}

function mayOpen({ text, findings, isClean }: JoinableLine): boolean {
  return !isClean && findings.some(({ rule }) => rule === joinedRule) && opensRecord(text);
}

/** What the lines of a record that is spread over several are reported by. */
export const joinedRule = 'json-syntax';
