import type { Fingerprint } from '../dataset/fingerprint.ts';
import { SeenExamples } from '../dataset/seenExamples.ts';
import type { Edit } from '../finding/finding.ts';
import { composeEdits } from '../fixes/composeEdits.ts';
import { removeCopy } from '../fixes/copyFixes.ts';
import { applyEdits } from '../fixes/jsonEdits.ts';
import { duplicateExample } from '../rules/duplicate-example.ts';
import { span } from '../text/span.ts';
import { checkRecord } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import type { AppliedFix, ChooseFix, Repair } from './repair.ts';

/** A line that can be compared with others. */
export interface ComparableLine {
  /** Not looked at where no repair has changed the line. */
  readonly text: string;
  /** Of the example on it; undefined for a line without one, and for a record with an error. */
  readonly fingerprint: Fingerprint | undefined;
  /** All of the line, for images that were sampled. */
  readonly readText: () => string;
}

/**
 * Takes copies of examples out of a file that is repaired line by line, if that is wanted; the first stays. It compares
 * what the lines become: examples that a repair makes equal are copies too.
 */
export class CopyRemover {
  readonly #context: CheckContext;
  readonly #isWanted: boolean;
  readonly #seen = new SeenExamples();

  constructor(context: CheckContext, choose: ChooseFix) {
    this.#context = context;
    const isOn = context.levels.get(duplicateExample.id) !== 'off';
    this.#isWanted = isOn && choose({ ...copyFinding, fixes: [removeCopy] }) === removeCopy;
  }

  /** Call with all lines of the file in order, and with what else becomes of them; undefined where they stay. */
  removeFrom(lines: readonly ComparableLine[], repair: Repair | undefined): Repair | undefined {
    if (!this.#isWanted || repair?.isRemoved) return repair;
    if (repair) return this.#removeFromRepaired(lines, repair);
    return lines.some((line) => this.#isCopy(line)) ? removeLines(1) : undefined;
  }

  /** Of several records that one line has become some may be copies, of each other even. */
  #removeFromRepaired(lines: readonly ComparableLine[], repair: Repair): Repair {
    const records = repair.text.split('\n');
    const areCopies = records.map((text) => {
      const { fingerprint } = checkRecord(text, this.#context);
      return this.#isCopy({ text, fingerprint, readText: () => text });
    });
    const copies = areCopies.filter(Boolean).length;
    if (copies === 0) return repair;
    if (copies === records.length) return removeLines(copies);
    const cuts = cutLines(records, areCopies);
    const { length } = lines.map(({ text }) => text).join('\n');
    return {
      edits: composeEdits(length, repair.edits, cuts),
      text: applyEdits(repair.text, cuts),
      isRemoved: false,
      applied: [...repair.applied, ...Array<AppliedFix>(copies).fill(removal)],
    };
  }

  #isCopy({ fingerprint, readText }: ComparableLine): boolean {
    return fingerprint !== undefined && this.#seen.isCopy(fingerprint, readText);
  }
}

/** Whatever else was to be done to them. */
function removeLines(copies: number): Repair {
  return { edits: [], text: '', isRemoved: true, applied: Array<AppliedFix>(copies).fill(removal) };
}

/** Takes some of the lines of a text out, but not all: the first of them with the line feed behind it, others with that before. */
function cutLines(lines: readonly string[], areCut: readonly boolean[]): Edit[] {
  const cuts: Edit[] = [];
  const kept = areCut.indexOf(false);
  let start = 0;
  for (const [index, { length }] of lines.entries()) {
    const end = start + length;
    if (index === kept && kept > 0) cuts.push({ span: span(0, start), newText: '' });
    if (index > kept && areCut[index]) cuts.push({ span: span(start - 1, end), newText: '' });
    start = end + 1;
  }
  return cuts;
}

/** What a copy is reported as. */
const copyFinding = {
  rule: duplicateExample.id,
  severity: duplicateExample.severity,
  span: { start: 0, end: 0 },
  message: '',
} as const;

const removal: AppliedFix = { rule: copyFinding.rule, title: removeCopy.title };
