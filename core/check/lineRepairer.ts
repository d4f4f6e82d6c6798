import type { Fix } from '../finding/finding.ts';
import { applyEdits } from '../fixes/jsonEdits.ts';
import { composeEdits } from '../fixes/composeEdits.ts';
import { findLineRepairs } from './checkLine.ts';
import type { CheckContext } from './context.ts';
import { CopyRemover, type ComparableLine } from './copyRemover.ts';
import { joinedRule, RecordJoiner, type JoinableLine, type LineGroup } from './recordJoiner.ts';
import { repairText, type ChooseFix, type Repair } from './repair.ts';

/** A line that has been checked. */
export interface FoundLine extends JoinableLine, ComparableLine {}

/** Lines that follow each other, most often one, and what becomes of them. */
export interface RepairedLines<L extends FoundLine> {
  readonly lines: readonly L[];
  /** Of their texts with a line feed between each two; undefined where they stay as they are. */
  readonly repair: Repair | undefined;
}

/**
 * Repairs a file line by line. Gives back every line in order; holds lines back only while they may belong to a record
 * that is spread over several. Of what every line has become in the end, copies are taken out where that is wanted.
 */
export class LineRepairer<L extends FoundLine> {
  readonly #context: CheckContext;
  readonly #choose: ChooseFix;
  readonly #joiner = new RecordJoiner<L>();
  readonly #copies: CopyRemover;

  constructor(context: CheckContext, choose: ChooseFix) {
    this.#context = context;
    this.#choose = choose;
    this.#copies = new CopyRemover(context, choose);
  }

  *push(line: L): Generator<RepairedLines<L>> {
    for (const group of this.#joiner.push(line)) yield* this.#repairGroup(group);
  }

  *end(): Generator<RepairedLines<L>> {
    for (const group of this.#joiner.end()) yield* this.#repairGroup(group);
  }

  *#repairGroup({ lines, joining }: LineGroup<L>): Generator<RepairedLines<L>> {
    const joined = joining && this.#join(lines, joining);
    const repaired = joined ? [joined] : lines.map((line) => this.#repair(line));
    for (const { lines: some, repair } of repaired) {
      yield { lines: some, repair: this.#copies.removeFrom(some, repair) };
    }
  }

  #repair(line: L): RepairedLines<L> {
    if (line.isClean) return { lines: [line], repair: undefined };
    const repair = this.#repairText(line.text, line);
    return { lines: [line], repair: repair.applied.length > 0 ? repair : undefined };
  }

  /** Undefined where such a fix is not wanted. */
  #join(lines: readonly L[], fix: Fix): RepairedLines<L> | undefined {
    const last = lines.at(-1);
    const chosen = this.#choose({ ...joinedFinding, fixes: [fix] });
    if (!last || chosen !== fix) return undefined;
    const block = lines.map(({ text }) => text).join('\n');
    const { edits, text, applied } = this.#repairText(applyEdits(block, fix.edits), last);
    const repair = {
      edits: composeEdits(block.length, fix.edits, edits),
      text,
      isRemoved: false,
      applied: [{ rule: joinedFinding.rule, title: fix.title }, ...applied],
    };
    return { lines, repair };
  }

  #repairText(text: string, { eol }: L): Repair {
    const findRepairs = (each: string) => findLineRepairs({ text: each, eol }, this.#context);
    return repairText(text, findRepairs, this.#choose);
  }
}

/** What a record that is spread over lines is reported as, on the first of them. */
const joinedFinding = {
  rule: joinedRule,
  severity: 'error',
  span: { start: 0, end: 0 },
  message: '',
} as const;
