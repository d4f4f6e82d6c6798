import type { FileReport } from '../core/check/fileChecker.ts';
import type { LineFix } from '../core/check/fileRepairer.ts';
import { countOf, describeCounts, noProblems } from '../core/finding/words.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { makeVisible } from '../core/text/quote.ts';
import type { FixArguments } from './fixArguments.ts';
import { describeContents } from './formats/totals.ts';
import type { Io } from './io.ts';
import { createPaint, wantsColor, type Paint } from './style.ts';

/** Fixes that a dry run lists. */
const maxListed = 1000;

/** Collects what was done to a file, and tells it. */
export class FixSummary {
  readonly #args: FixArguments;
  readonly #paint: Paint;
  readonly #listed: LineFix[] = [];
  readonly #byRule = new Map<string, number>();
  #total = 0;

  constructor(args: FixArguments, io: Io) {
    this.#args = args;
    this.#paint = createPaint(wantsColor(io));
  }

  get isEmpty(): boolean {
    return this.#total === 0;
  }

  add(fixed: LineFix): void {
    this.#total++;
    this.#byRule.set(fixed.rule, (this.#byRule.get(fixed.rule) ?? 0) + 1);
    if (this.#args.isDryRun && this.#listed.length < maxListed) this.#listed.push(fixed);
  }

  /** `left` is what a check finds in the result. */
  *describe(left: FileReport): Generator<string> {
    yield `${this.#paint('bold', makeVisible(this.#heading))}\n`;
    yield* this.#list();
    yield* this.#rules();
    const repairs = this.isEmpty ? `nothing to ${this.#noun}` : countOf(this.#total, this.#noun);
    const counts = [...describeCounts(left.counts)].map(([, words]) => words).join(', ');
    yield `${describeContents(left)} · ${repairs} · left: ${counts || noProblems}\n`;
    const { input, output = input } = this.#args;
    if (counts && !this.#args.isDryRun) {
      yield `What is left: vision-finetune check ${makeVisible(output)}\n`;
    }
  }

  /** And verb. */
  get #noun(): string {
    return this.#args.conversion ? 'change' : 'repair';
  }

  get #heading(): string {
    const { input, output, isInPlace, isDryRun } = this.#args;
    if (isDryRun) return `${input}: what would be done`;
    if (!isInPlace) return `${input} → ${output ?? input}`;
    return this.isEmpty ? `${input}: left as it is` : `${input}, kept as ${input}.bak`;
  }

  *#list(): Generator<string> {
    const width = String((this.#listed.at(-1)?.line ?? 0) + 1).length;
    for (const { line, rule, title } of this.#listed) {
      const place = this.#paint('dim', String(line + 1).padStart(width));
      yield `  ${place}  ${makeVisible(title)}  ${this.#paint('dim', rule)}\n`;
    }
    const unlisted = this.#args.isDryRun ? this.#total - this.#listed.length : 0;
    if (unlisted > 0) yield `  ${countOf(unlisted, `more ${this.#noun}`)} not listed\n`;
  }

  *#rules(): Generator<string> {
    const counts = [...this.#byRule].map(([rule, count]) => [formatCount(count), rule] as const);
    const width = Math.max(0, ...counts.map(([count]) => count.length));
    for (const [count, rule] of counts.toSorted(([, a], [, b]) => (a < b ? -1 : 1))) {
      yield `  ${count.padStart(width)}  ${rule}\n`;
    }
  }
}
