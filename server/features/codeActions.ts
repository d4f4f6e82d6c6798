import {
  CodeActionKind,
  type CodeAction,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import { findRepairs, type RepairableFinding } from '../../core/check/checkRecord.ts';
import type { Edit, Fix } from '../../core/finding/finding.ts';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { overlaps, span } from '../../core/text/span.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { Snapshot } from '../snapshot.ts';
import { diagnosticSource, toLspSeverity } from './diagnostics.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.visionFinetune`;

/** What an action that is worked out later must know. It comes back from the client, and is not trusted. */
export interface FixRequest {
  readonly uri: string;
  readonly version: number;
  /** Repairs of this kind for this rule; without both, all certain repairs. */
  readonly rule?: string;
  readonly kind?: string;
}

/** Records of a selection that are looked at for repairs. */
const maxRecords = 50;

/** The repairs of what stands in a range. Those for the whole file carry a `FixRequest` and no edit yet. */
export function codeActionsAt(
  snapshot: Snapshot,
  range: Range,
  only: readonly string[] | undefined,
): CodeAction[] {
  const wants = (kind: string): boolean =>
    !only || only.some((each) => `${kind}.`.startsWith(`${each}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) actions.push(...quickFixesAt(snapshot, range));
  // Only where it is asked for, as on save: it would stand beside every quick fix.
  if (only && wants(fixAllKind)) {
    const { uri, version } = snapshot;
    actions.push({
      title: 'Repair all that is certain',
      kind: fixAllKind,
      data: { uri, version } satisfies FixRequest,
    });
  }
  return actions;
}

function* quickFixesAt(snapshot: Snapshot, range: Range): Generator<CodeAction> {
  for (const record of recordsIn(snapshot, range)) {
    const wanted = span(record.offsetOf(range.start), record.offsetOf(range.end));
    const repairs = findRepairs(record.text, snapshot.document.context);
    for (const finding of repairs) {
      if (overlaps(finding.span, wanted)) yield* actionsFor(snapshot, record, finding, repairs);
    }
  }
}

/** A selection may begin and end inside records; of a long one the first records count. */
function* recordsIn({ document }: Snapshot, { start, end }: Range): Generator<RecordAt> {
  if (document.kind === 'record') {
    const record = document.recordAt(start);
    if (record) yield record;
    return;
  }
  for (let line = start.line; line <= end.line && line < start.line + maxRecords; line++) {
    const record = document.recordAt({ line, character: 0 });
    // A record before the last line is selected to its end, one after the first from its start.
    if (record) yield { ...record, offsetOf: (at) => offsetOnLine(record, at) };
  }
}

function offsetOnLine(
  record: RecordAt,
  { line, character }: { line: number; character: number },
): number {
  if (line < record.line) return 0;
  return line > record.line ? record.text.length : character;
}

/** Each fix of a finding; the first also for the whole record and the whole file. */
function* actionsFor(
  snapshot: Snapshot,
  record: RecordAt,
  finding: RepairableFinding,
  repairs: readonly RepairableFinding[],
): Generator<CodeAction> {
  const diagnostics = [toDiagnostic(record, finding)];
  const action = (title: string, rest: Partial<CodeAction>): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...rest,
  });
  for (const fix of finding.fixes) {
    const edit = toWorkspaceEdit(snapshot, toTextEdits(record, fix.edits));
    yield action(fix.title, { edit, isPreferred: fix.isCertain });
  }
  const [first] = finding.fixes;
  if (!first) return;
  const inRecord = fixesOfKind(repairs, finding.rule, first.kind);
  const inFile = snapshot.document.countOf(finding.rule);
  if (inRecord.length > 1 && inRecord.length < inFile) {
    const edit = toWorkspaceEdit(snapshot, toTextEdits(record, combineFixes(inRecord)));
    yield action(`${first.title} in all of this record (${formatCount(inRecord.length)} places)`, {
      edit,
    });
  }
  if (inFile > 1) {
    const { uri, version } = snapshot;
    const data: FixRequest = { uri, version, rule: finding.rule, kind: first.kind };
    yield action(`${first.title} in the whole file (${formatCount(inFile)} places)`, { data });
  }
}

/** The edits of an action for the whole file, a record at a time so that the caller can stop in between. */
export function* fileEdits(
  snapshot: Snapshot,
  { rule, kind }: Pick<FixRequest, 'rule' | 'kind'>,
): Generator<TextEdit[]> {
  const { document } = snapshot;
  for (const record of document.recordsWith(rule)) {
    const repairs = findRepairs(record.text, document.context);
    const fixes =
      rule !== undefined && kind !== undefined
        ? fixesOfKind(repairs, rule, kind)
        : repairs.flatMap((finding) => finding.fixes.filter((fix) => fix.isCertain));
    yield toTextEdits(record, combineFixes(fixes));
  }
}

function fixesOfKind(repairs: readonly RepairableFinding[], rule: string, kind: string): Fix[] {
  return repairs
    .filter((finding) => finding.rule === rule)
    .flatMap((finding) => finding.fixes.filter((fix) => fix.kind === kind));
}

/** Offsets in a record become places in the document. */
export function toTextEdits(record: RecordAt, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span: { start, end }, newText }) => ({
    range: { start: record.positionOf(start), end: record.positionOf(end) },
    newText,
  }));
}

/** For this version only: an editor refuses it once the text has changed. */
export function toWorkspaceEdit({ uri, version }: Snapshot, edits: TextEdit[]): WorkspaceEdit {
  return { documentChanges: [{ textDocument: { uri, version }, edits }] };
}

function toDiagnostic(
  record: RecordAt,
  { rule, severity, message, span: { start, end } }: RepairableFinding,
): Diagnostic {
  return {
    range: { start: record.positionOf(start), end: record.positionOf(end) },
    severity: toLspSeverity(severity),
    code: rule,
    source: diagnosticSource,
    message,
  };
}
