import type { Edit, Fix } from '../finding/finding.ts';
import { fixesThatCombine } from '../fixes/combineFixes.ts';
import { composeEdits } from '../fixes/composeEdits.ts';
import { applyEdits } from '../fixes/jsonEdits.ts';
import { span } from '../text/span.ts';
import type { RepairableFinding } from './checkRecord.ts';

/** Picks the fix of a finding that is to be applied, if any. */
export type ChooseFix = (finding: RepairableFinding) => Fix | undefined;

/** What "fix all" does unasked. */
export const certainFix: ChooseFix = ({ fixes }) => fixes.find(({ isCertain }) => isCertain);

/** The first fix of any finding of some rules: the one that is offered first. */
export function firstFixOf(rules: readonly string[]): ChooseFix {
  return ({ rule, fixes }) => (rules.includes(rule) ? fixes[0] : undefined);
}

/** Fixes of one kind for one rule. */
export function fixOfKind(rule: string, kind: string): ChooseFix {
  return (finding) =>
    finding.rule === rule ? finding.fixes.find((fix) => fix.kind === kind) : undefined;
}

/** The same of a record that is formatted over many lines: it cannot be cut into lines, or taken out. */
export function wholeRecord(choose: ChooseFix): ChooseFix {
  return (finding) =>
    choose({ ...finding, fixes: finding.fixes.filter(({ line }) => line === undefined) });
}

/** What has been done to a text. */
export interface Repair {
  /** Of the text as it was, in order of place; each line feed in them ends a record. */
  readonly edits: readonly Edit[];
  readonly text: string;
  /** The line is to go, with its line end. */
  readonly isRemoved: boolean;
  readonly applied: readonly AppliedFix[];
}

export interface AppliedFix {
  readonly rule: string;
  readonly title: string;
}

/**
 * A fix that takes the place of another, or lets another rule have its say, waits for the next pass. More passes than
 * this have a record whose findings do not all fit into a check, 1,000 at a time.
 */
const maxPasses = 100;

/** Repairs a text until there is nothing left to choose. `findRepairs` checks it anew, and then each line that it became. */
export function repairText(
  text: string,
  findRepairs: (text: string) => readonly RepairableFinding[],
  choose: ChooseFix,
): Repair {
  let repair: Repair = { edits: [], text, isRemoved: false, applied: [] };
  for (let pass = 0; pass < maxPasses; pass++) {
    const chosen = findRepairs(repair.text).flatMap((finding) => {
      const fix = choose(finding);
      return fix ? [{ ...fix, rule: finding.rule }] : [];
    });
    const removal = chosen.find(({ line }) => line === 'remove');
    if (removal) return { edits: [], text: '', isRemoved: true, applied: [removal] };
    // A record that is cut in pieces is another text: nothing else is done to it at once.
    const split = chosen.find(({ line }) => line === 'split');
    const { fixes, edits } = fixesThatCombine(split ? [split] : chosen);
    const next = applyEdits(repair.text, edits);
    if (next === repair.text) break;
    repair = {
      edits: composeEdits(text.length, repair.edits, edits),
      text: next,
      isRemoved: false,
      applied: [...repair.applied, ...fixes],
    };
    if (split) return repairLinesOf(text, repair, findRepairs, choose);
  }
  return repair;
}

function repairLinesOf(
  original: string,
  { edits, text, applied }: Repair,
  findRepairs: (text: string) => readonly RepairableFinding[],
  choose: ChooseFix,
): Repair {
  const lines = text.split('\n').map((line) => repairText(line, findRepairs, choose));
  const shifted: Edit[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const edit of lines[index]?.edits ?? []) {
      shifted.push({ ...edit, span: span(start + edit.span.start, start + edit.span.end) });
    }
    start += line.length + 1;
  }
  return {
    edits: composeEdits(original.length, edits, shifted),
    text: lines.map((line) => line.text).join('\n'),
    isRemoved: false,
    applied: [...applied, ...lines.flatMap((line) => line.applied)],
  };
}
