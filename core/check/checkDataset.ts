import type { Severity } from '../finding/finding.ts';
import { rules } from '../rules/index.ts';
import type { DatasetReport, DatasetView } from '../rules/rule.ts';
import type { CheckContext } from './context.ts';

/** What the rules say of a file as a whole. */
export interface DatasetFinding extends DatasetReport {
  readonly rule: string;
  readonly severity: Severity;
}

/** Runs the rules about the whole file, once all of its records are in the totals. */
export function* checkDataset(view: DatasetView, context: CheckContext): Generator<DatasetFinding> {
  for (const rule of rules) {
    const level = context.levels.get(rule.id);
    if (rule.scope !== 'dataset' || level === 'off') continue;
    for (const report of rule.check(view, context)) {
      yield { ...report, rule: rule.id, severity: level ?? report.severity ?? rule.severity };
    }
  }
}
