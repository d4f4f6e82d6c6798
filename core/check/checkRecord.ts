import type { Finding, Fix, Report, Severity } from '../finding/finding.ts';
import { inspectImage } from '../image/inspectImage.ts';
import { imagesOf, readExample, type PlacedImage } from '../record/example.ts';
import type { JsonTree } from '../record/jsonTree.ts';
import { readJson, type JsonScratch } from '../record/readJson.ts';
import { rules } from '../rules/index.ts';
import type { ImageView, RecordView, Rule, RuleContext } from '../rules/rule.ts';
import type { CheckContext } from './context.ts';
import { noCounts, type RecordCounts } from '../dataset/totals.ts';

/** What is known of a record: enough to show its findings and to add the record to a file's totals. */
export interface CheckedRecord extends RecordCounts {
  /** In order of place. */
  readonly findings: readonly Finding[];
}

/** A line without a record. */
export const blankRecord: CheckedRecord = { ...noCounts, findings: [] };

/** A finding together with its repairs, worked out when asked for. */
export interface RepairableFinding extends Finding {
  readonly fixes: readonly Fix[];
}

/** Checks one record that is not blank. `scratch` is memory to use again from record to record. */
export function checkRecord(
  text: string,
  context: CheckContext,
  scratch?: JsonScratch,
): CheckedRecord {
  return checkTree(readJson(text, scratch), context);
}

/** Checks a record that has been read already, or that could not be read from its bytes. */
export function checkTree(tree: JsonTree, context: CheckContext): CheckedRecord {
  const findings: Finding[] = [];
  let images = 0;
  for (const placed of runRules(tree, context, () => images++)) findings.push(toFinding(placed));
  findings.sort(byPlace);
  return { findings, records: 1, images, imageExamples: images > 0 ? 1 : 0 };
}

/** Checks a record once more and keeps the repairs: the check is pure, so the findings are the same. */
export function findRepairs(text: string, context: CheckContext): readonly RepairableFinding[] {
  const found = [...runRules(readJson(text), context)];
  return found
    .map((placed) => ({ ...toFinding(placed), fixes: placed.report.fixes?.() ?? [] }))
    .sort(byPlace);
}

interface PlacedReport {
  readonly rule: Rule;
  readonly report: Report;
  readonly severity: Severity;
}

type RecordScopeRule = Exclude<Rule, { scope: 'dataset' }>;
const recordRules = rules.filter((rule): rule is RecordScopeRule => rule.scope !== 'dataset');

/** Runs the rules of a record in order. Rules about the record's meaning are not run on one that is not JSON. */
function* runRules(
  tree: JsonTree,
  context: CheckContext,
  onImage?: () => void,
): Generator<PlacedReport> {
  const example = readExample(tree);
  const view = example && !tree.problem ? { tree, example } : undefined;
  const images = example ? [...imagesOf(example)] : [];
  if (onImage) images.forEach(onImage);
  const superseded = new Set<string>();
  for (const rule of recordRules) {
    if (rule.scope === 'image' || superseded.has(rule.id)) continue;
    if (rule.scope === 'text')
      yield* reportsOf(rule, (it) => rule.check({ tree }, it), context, superseded);
    else if (view) yield* reportsOf(rule, (it) => rule.check(view, it), context, superseded);
  }
  if (!view) return;
  for (const placed of images) yield* runImageRules(viewImage(view, placed), context, superseded);
}

function* runImageRules(
  view: ImageView,
  context: CheckContext,
  always: Iterable<string>,
): Generator<PlacedReport> {
  const superseded = new Set(always);
  for (const rule of recordRules) {
    if (rule.scope !== 'image' || superseded.has(rule.id)) continue;
    yield* reportsOf(rule, (it) => rule.check(view, it), context, superseded);
  }
}

function* reportsOf(
  rule: Rule,
  check: (context: RuleContext) => Iterable<Report>,
  context: CheckContext,
  superseded: Set<string>,
): Generator<PlacedReport> {
  const level = context.levels.get(rule.id);
  if (level === 'off') return;
  for (const report of check(context)) {
    for (const other of rule.supersedes ?? []) superseded.add(other);
    yield { rule, report, severity: level ?? report.severity ?? rule.severity };
  }
}

function viewImage(view: RecordView, { image, part }: PlacedImage): ImageView {
  return { ...view, image, part, facts: inspectImage(image.url.asString() ?? '') };
}

function toFinding({ rule, report, severity }: PlacedReport): Finding {
  return { rule: rule.id, severity, span: report.span, message: report.message };
}

function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
