import type { PlacedFinding } from '../../core/check/checkedDocument.ts';
import type { Severity } from '../../core/finding/finding.ts';
import { countOf, describeCounts, describePlace, noProblems } from '../../core/finding/words.ts';
import { describeNotice, noticesAt } from '../../core/profile/notices.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { wrap } from '../wrap.ts';
import { createPaint, type Paint } from '../style.ts';
import {
  hasOneProfile,
  type CheckedFile,
  type ReportFacts,
  type ReportWriter,
} from './reportWriter.ts';
import { addTotals, describeContents, noTotals, type Totals } from './totals.ts';

const styles = { error: 'red', warning: 'yellow', info: 'blue', hint: 'cyan' } as const;

/** For a person at a terminal. */
export class HumanWriter implements ReportWriter {
  readonly #facts: ReportFacts;
  readonly #paint: Paint;
  #totals = noTotals;
  readonly #configs = new Set<string>();
  #checked = 0;
  #unreadable = 0;

  constructor(facts: ReportFacts) {
    this.#facts = facts;
    this.#paint = createPaint(facts.hasColor);
  }

  start(): Iterable<string> {
    return [];
  }

  *file({
    name,
    path,
    report: found,
    listed,
    unlisted,
    context,
    config,
  }: CheckedFile): Generator<string> {
    if (this.#checked++ > 0) yield '\n';
    // Standard input cannot be repaired.
    const report = path === undefined ? { ...found, fixable: 0 } : found;
    this.#totals = addTotals(this.#totals, report);
    if (config !== undefined) this.#configs.add(config);
    yield `${this.#paint('bold', makeVisible(name))}\n`;
    yield* this.#findings(listed);
    if (unlisted > 0) {
      yield `  ${countOf(unlisted, 'more problem')} not listed; --max-problems 0 lists all\n`;
    }
    yield `${this.#summary(report)}\n`;
    if (!hasOneProfile(this.#facts)) yield* describeProfile(context.profile, this.#facts);
  }

  unreadable(): Iterable<string> {
    this.#unreadable++;
    return [];
  }

  *end(): Generator<string> {
    if (this.#checked === 0) return;
    if (this.#facts.fileCount > 1) {
      const missing = this.#unreadable > 0 ? `, ${this.#unreadable} not checked` : '';
      yield `\n${countOf(this.#checked, 'file')}${missing}: ${this.#summary(this.#totals)}\n`;
    }
    const [profile] = this.#facts.profiles;
    if (profile && hasOneProfile(this.#facts)) yield* describeProfile(profile, this.#facts);
    for (const config of this.#configs) yield `Options of ${makeVisible(config)}\n`;
  }

  *#findings(findings: readonly PlacedFinding[]): Generator<string> {
    let placeWidth = 0;
    let severityWidth = 0;
    for (const finding of findings) {
      placeWidth = Math.max(placeWidth, describePlace(finding.range.start).length);
      severityWidth = Math.max(severityWidth, finding.severity.length);
    }
    for (const finding of findings) {
      const { severity, message, rule } = finding;
      const place = this.#paint('dim', describePlace(finding.range.start).padEnd(placeWidth));
      const level = this.#paint(styles[severity], severity.padEnd(severityWidth));
      yield `  ${place}  ${level}  ${message}  ${this.#paint('dim', rule)}\n`;
    }
  }

  /** `1,204 records, 1,310 images, 61.2 MB · 2 errors, 5 warnings (`vision-finetune fix` takes away 3 of them)` */
  #summary(totals: Totals): string {
    const paint = ([severity, words]: [Severity, string]): string =>
      this.#paint(['bold', styles[severity]], words);
    const problems = [...describeCounts(totals.counts)].map(paint).join(', ');
    const repair =
      totals.fixable > 0
        ? ` (\`vision-finetune fix\` takes away ${formatCount(totals.fixable)} of them)`
        : '';
    return `${describeContents(totals)} · ${problems || this.#paint('green', noProblems)}${repair}`;
  }
}

/** `Azure OpenAI · gpt-4.1-2025-04-14 · limits of 2026-11`, then what people should know of it. */
function* describeProfile(
  profile: Profile,
  { today, width, isQuiet }: ReportFacts,
): Generator<string> {
  const { providerName, model, date, remark } = profile;
  yield `${providerName} · ${model} · limits of ${date}\n`;
  if (isQuiet) return;
  if (remark) yield `${wrap(remark.value, width)}\n`;
  for (const notice of noticesAt(profile, today))
    yield `${wrap(describeNotice(notice, today), width)}\n`;
}
