import type { Severity } from '../finding/finding.ts';
import { rules } from '../rules/index.ts';
import type { DatasetReport, DatasetView, Rule } from '../rules/rule.ts';
import type { CheckContext } from './context.ts';

/** What the rules say of a file as a whole. */
export interface DatasetFinding extends DatasetReport {
  readonly rule: string;
  readonly severity: Severity;
}

/** Of one rule: a file of copies would have as many as it has lines, after each keystroke. */
const maxReports = 1000;

/** Runs the rules about the whole file, once all of its records are in the totals. */
export function* checkDataset(view: DatasetView, context: CheckContext): Generator<DatasetFinding> {
  for (const rule of rules) {
    const level = context.levels.get(rule.id);
    if (level === 'off') continue;
    // Of what is not text nothing is known but that.
    if (view.encoding.isUtf16 && rule.scope !== 'text') continue;
    let left = maxReports;
    for (const report of runRule(rule, view, context)) {
      yield { ...report, rule: rule.id, severity: level ?? report.severity ?? rule.severity };
      if (--left === 0) break;
    }
  }
}

function runRule(rule: Rule, view: DatasetView, context: CheckContext): Iterable<DatasetReport> {
  if (rule.scope === 'dataset') return rule.check(view, context);
  if (rule.scope === 'text') return rule.checkFile?.(view.encoding, context) ?? [];
  return [];
}
