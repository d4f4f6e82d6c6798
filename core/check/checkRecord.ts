import { fingerprintOf, type Fingerprint } from '../dataset/fingerprint.ts';
import { noCounts, type RecordCounts } from '../dataset/totals.ts';
import type { Finding, Fix, Report, Severity } from '../finding/finding.ts';
import { dataUriSource, parseDataUri } from '../image/dataUri.ts';
import { identifyImage } from '../image/identifyImage.ts';
import {
  imagesOf,
  readExample,
  type Example,
  type ImageReference,
  type PlacedImage,
} from '../record/example.ts';
import type { JsonTree } from '../record/jsonTree.ts';
import { readJson, type JsonScratch } from '../record/readJson.ts';
import { rules } from '../rules/index.ts';
import type { BlankLineView, ImageView, RecordView, Rule, RuleContext } from '../rules/rule.ts';
import type { CheckContext } from './context.ts';

/** What is known of a record: enough to show its findings and to add the record to a file's totals. */
export interface CheckedRecord extends RecordCounts {
  /** In order of place; at most 1,000. */
  readonly findings: readonly Finding[];
  /** What the record is compared with others by; undefined for one with an error, which is to be repaired first. */
  readonly fingerprint: Fingerprint | undefined;
}

/** A line without a record. */
export const blankRecord: CheckedRecord = {
  ...noCounts,
  findings: [],
  fingerprint: undefined,
};

/** Is told of a record while that is at hand, and not later. */
export interface RecordWatcher {
  /** Each report: its fixes can be asked for now. */
  readonly onReport?: (report: Report) => void;
  /** What the record is compared with others by; then it has no fingerprint. */
  readonly onComparable?: (example: Example) => void;
  /** All that is reported of a record that is JSON. */
  readonly onExample?: (example: Example, reports: readonly RatedReport[]) => void;
}

/** Checks a line that holds no record. */
export function checkBlankLine(
  line: BlankLineView,
  context: CheckContext,
  watcher: RecordWatcher = {},
): CheckedRecord {
  const reports = runBlankLineRules(line, context);
  if (watcher.onReport) for (const { report } of reports) watcher.onReport(report);
  const findings = reports.map(toFinding);
  if (findings.length === 0 && line.length === 0) return blankRecord;
  // White space is ASCII.
  return { ...blankRecord, findings, textBytes: line.length };
}

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

/**
 * Checks a record that has been read already, or that could not be read from its bytes. How many bytes its text takes in
 * UTF-8 is counted where the caller does not know.
 */
export function checkTree(
  tree: JsonTree,
  context: CheckContext,
  textBytes = Buffer.byteLength(tree.text),
  watcher: RecordWatcher = {},
): CheckedRecord {
  const { reports, images, example } = runAllRules(tree, context);
  if (watcher.onReport) for (const { report } of reports) watcher.onReport(report);
  // A broken one is none, also where a setting says nothing of that.
  const comparable = tree.problem || reports.some(isError) ? undefined : example;
  if (comparable) watcher.onComparable?.(comparable);
  if (example && !tree.problem) watcher.onExample?.(example, reports);
  const countDetail = (level: string): number =>
    images.filter(({ image }) => isDetail(image, level)).length;
  return {
    findings: reports.map(toFinding).sort(byPlace),
    fingerprint: comparable && !watcher.onComparable ? fingerprintOf(comparable) : undefined,
    records: 1,
    images: images.length,
    imageExamples: images.length > 0 ? 1 : 0,
    ...countSkipped(reports),
    lowDetail: countDetail('low'),
    highDetail: countDetail('high'),
    autoDetail: countDetail('auto'),
    loneReturns: 0,
    textBytes,
  };
}

/** What is skipped for certain is so at most as well. */
function countSkipped(
  reports: readonly RatedReport[],
): Pick<RecordCounts, 'skipped' | 'skippedAtMost'> {
  const skipped = reports.some((rated) => rated.rule.skipsExample && isError(rated)) ? 1 : 0;
  const isForecast = reports.some(({ rule }) => rule.forecastsSkip);
  return { skipped, skippedAtMost: isForecast ? 1 : skipped };
}

/** Goes by what the service does, whatever the settings say of the rule. */
export function isError({ rule, report }: RatedReport): boolean {
  return (report.severity ?? rule.severity) === 'error';
}

function isDetail({ detail }: ImageReference, level: string): boolean {
  return (detail ? detail.asString() : 'auto') === level;
}

/** Checks a record once more and keeps the repairs: the check is pure, so the findings are the same. */
export function findRepairs(text: string, context: CheckContext): readonly RepairableFinding[] {
  return withFixes(runAllRules(readJson(text), context).reports);
}

/** The same of a line that holds no record. */
export function findBlankLineRepairs(
  line: BlankLineView,
  context: CheckContext,
): readonly RepairableFinding[] {
  return withFixes(runBlankLineRules(line, context));
}

function withFixes(reports: readonly RatedReport[]): readonly RepairableFinding[] {
  return reports
    .map((rated) => ({ ...toFinding(rated), fixes: rated.report.fixes?.() ?? [] }))
    .sort(byPlace);
}

const blankLineRules = rules.filter((rule) => rule.scope === 'blank-line');
const textRules = rules.filter((rule) => rule.scope === 'text');
const recordRules = rules.filter((rule) => rule.scope === 'record');
const imageRules = rules.filter((rule) => rule.scope === 'image');

export interface RatedReport {
  readonly rule: Rule;
  readonly report: Report;
  readonly severity: Severity;
}

/** What the rules report of a record, and what they looked at. */
interface RecordReports {
  readonly reports: readonly RatedReport[];
  readonly example: Example | undefined;
  readonly images: readonly PlacedImage[];
}

function runBlankLineRules(line: BlankLineView, context: CheckContext): readonly RatedReport[] {
  const run: RuleRun = { context, reports: [], superseded: [] };
  runRules(blankLineRules, line, run);
  return run.reports;
}

/** Rules about the meaning of a record are not run on one that is not JSON. */
function runAllRules(tree: JsonTree, context: CheckContext): RecordReports {
  const run: RuleRun = { context, reports: [], superseded: [] };
  runRules(textRules, { tree }, run);
  const example = readExample(tree);
  if (!example) return { reports: run.reports, example, images: [] };
  const images = imagesOf(example);
  if (!tree.problem) {
    const view = { tree, example };
    runRules(recordRules, view, run);
    for (const placed of images) {
      // Nothing more would be kept.
      if (run.reports.length === maxReports) break;
      // What is superseded for one picture is not for the next.
      runRules(imageRules, viewImage(view, placed, context), {
        ...run,
        superseded: [...run.superseded],
      });
    }
  }
  return { reports: run.reports, example, images };
}

interface RuleRun {
  readonly context: CheckContext;
  readonly reports: RatedReport[];
  /** Ids of rules that are not run any more. */
  readonly superseded: string[];
}

type RuleFor<View> = Rule & {
  readonly check: (view: View, context: RuleContext) => Iterable<Report>;
};

/** A record with more is beyond help: 14 MB of `{"messages":[1,1,1` would be 7,000,000, and 4 GB of memory. */
const maxReports = 1000;

function runRules<View>(rules: readonly RuleFor<View>[], view: View, run: RuleRun): void {
  const { context, reports, superseded } = run;
  for (const rule of rules) {
    const level = context.levels.get(rule.id);
    if (level === 'off' || superseded.includes(rule.id)) continue;
    const before = reports.length;
    for (const report of rule.check(view, context)) {
      if (reports.length === maxReports) return;
      reports.push({ rule, report, severity: level ?? report.severity ?? rule.severity });
      if (report.supersedes) superseded.push(...report.supersedes);
    }
    if (rule.supersedes && reports.length > before) superseded.push(...rule.supersedes);
  }
}

/** What the rules say of a record that is JSON, apart from its images. */
export function reportOnRecord(view: RecordView, context: CheckContext): readonly RatedReport[] {
  const run: RuleRun = { context, reports: [], superseded: [] };
  runRules(recordRules, view, run);
  return run.reports;
}

/** What the rules say of an image of a record that is fine otherwise. */
export function reportOnImage(view: ImageView, context: CheckContext): readonly RatedReport[] {
  const run: RuleRun = { context, reports: [], superseded: [] };
  runRules(imageRules, view, run);
  return run.reports;
}

/** Whether a finding is about an image, which other records of the same form need not have. */
export function isOfImage({ rule }: Finding): boolean {
  return imageRules.some(({ id }) => id === rule);
}

function viewImage(
  view: RecordView,
  { image, part }: PlacedImage,
  context: CheckContext,
): ImageView {
  const address = image.url.asString() ?? '';
  const dataUri = parseDataUri(address);
  const learnt = context.learnt?.about(address);
  const facts = dataUri ? identifyImage(dataUriSource(address, dataUri)) : learnt?.facts;
  return { ...view, image, part, address, dataUri, facts, learnt };
}

export function toFinding({ rule, report, severity }: RatedReport): Finding {
  return { rule: rule.id, severity, span: report.span, message: report.message };
}

export function byPlace(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}
