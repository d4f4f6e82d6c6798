import {
  CodeActionKind,
  type CodeAction,
  type Diagnostic,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import type { RepairableFinding } from '../../core/check/checkRecord.ts';
import { certainFix, fixOfKind } from '../../core/check/repair.ts';
import {
  findJoinedLines,
  placeEdits,
  removeLines,
  repairDocument,
  type PlacedEdit,
} from '../../core/check/repairDocument.ts';
import type { Edit, Fix } from '../../core/finding/finding.ts';
import { combineFixes } from '../../core/fixes/combineFixes.ts';
import { overlaps, span } from '../../core/text/span.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { Snapshot } from '../snapshot.ts';
import { diagnosticSource, toLspSeverity } from './diagnostics.ts';
import { imageActions } from './imageRepairs.ts';
import { countFixes, findRepairsOf, fixesOfKind } from './recordRepairs.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.visionFinetune`;

/** What an action that is worked out later must know. It comes back from the client, and is not trusted. */
export interface FixRequest {
  readonly uri: string;
  readonly version: number;
  /** Repairs of this kind for this rule; without both, all certain repairs. */
  readonly rule?: string;
  readonly kind?: string;
}

/** What a client can do besides applying edits. */
export interface ActionClient {
  /** It has the command that repairs images. */
  readonly canRepairImages?: boolean;
  /** It shows why an action cannot be taken. */
  readonly showsDisabled?: boolean;
}

/** Records of a selection that are looked at for repairs. */
const maxRecords = 50;

/** The repairs of what stands in a range. Those for the whole file carry a `FixRequest` and no edit yet. */
export function codeActionsAt(
  snapshot: Snapshot,
  range: Range,
  only: readonly string[] | undefined,
  client: ActionClient = {},
): CodeAction[] {
  const wants = (kind: string): boolean =>
    !only || only.some((each) => `${kind}.`.startsWith(`${each}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) actions.push(...quickFixesAt(snapshot, range, client));
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

function* quickFixesAt(
  snapshot: Snapshot,
  range: Range,
  client: ActionClient,
): Generator<CodeAction> {
  for (const record of recordsIn(snapshot, range)) {
    const wanted = span(record.offsetOf(range.start), record.offsetOf(range.end));
    const repairs = findRepairsOf(snapshot.document, record);
    const here = repairs.filter((finding) => overlaps(finding.span, wanted));
    for (const finding of here) yield* actionsFor(snapshot, record, finding, repairs);
    if (!client.canRepairImages) continue;
    for (const { finding, action } of imageActions(snapshot, record, here)) {
      if (action.disabled && !client.showsDisabled) continue;
      const diagnostics = [toDiagnostic(record, finding)];
      yield { ...action, kind: CodeActionKind.QuickFix, diagnostics };
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
    if (line < 0 || line >= document.store.lineCount) return;
    const { text } = document.store.line(line);
    const record = {
      text,
      line,
      positionOf: (offset: number) => ({ line, character: offset }),
    };
    // A record before the last line is selected to its end, one after the first from its start.
    yield { ...record, offsetOf: (at) => offsetOnLine(record, at) };
  }
}

function offsetOnLine(
  record: Pick<RecordAt, 'line' | 'text'>,
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
  const joined =
    finding.rule === 'json-syntax' ? findJoinedLines(snapshot.document, record.line) : undefined;
  if (joined) {
    const edit = toWorkspaceEdit(snapshot, [...placeEdits(joined, joined.fix.edits)]);
    yield action(joined.fix.title, { edit, isPreferred: joined.fix.isCertain });
  }
  for (const fix of finding.fixes) {
    const edit = toWorkspaceEdit(snapshot, editsOf(snapshot, record, fix));
    yield action(fix.title, { edit, isPreferred: fix.isCertain && !joined });
  }
  const first = joined?.fix ?? finding.fixes[0];
  if (!first) return;
  const title = first.kindTitle ?? first.title;
  const inRecord = fixesOfKind(repairs, finding.rule, first.kind);
  const inFile = countFixes(snapshot.document, finding.rule, first.kind);
  if (inRecord.length > 1 && inRecord.length < inFile.count) {
    const edit = toWorkspaceEdit(snapshot, toTextEdits(record, combineFixes(inRecord)));
    yield action(`${title} in all of this record (${formatCount(inRecord.length)} places)`, {
      edit,
    });
  }
  if (inFile.count > 1) {
    const { uri, version } = snapshot;
    const data: FixRequest = { uri, version, rule: finding.rule, kind: first.kind };
    const count = `${inFile.isExact ? '' : 'up to '}${formatCount(inFile.count)}`;
    yield action(`${title} in the whole file (${count} places)`, { data });
  }
}

/** The edits of one fix: within its record, or of its line as a whole. */
function editsOf({ document }: Snapshot, record: RecordAt, fix: Fix): TextEdit[] {
  if (fix.line === undefined) return toTextEdits(record, fix.edits);
  const lines = { first: record.line, lines: [document.store.line(record.line)] };
  return fix.line === 'remove' ? [removeLines(lines)] : [...placeEdits(lines, fix.edits)];
}

/** The edits of an action for the whole file, a record at a time so that the caller can stop in between. */
export function fileEdits(
  { document }: Snapshot,
  { rule, kind }: Pick<FixRequest, 'rule' | 'kind'>,
): Iterable<readonly PlacedEdit[]> {
  const isOneKind = rule !== undefined && kind !== undefined;
  return repairDocument(document, isOneKind ? fixOfKind(rule, kind) : certainFix);
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
