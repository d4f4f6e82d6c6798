import type { Range, TextEdit } from 'vscode-languageserver';
import type { CheckedDocument, RecordAt } from '../../core/check/checkedDocument.ts';
import { applyEdits, styleOf, type JsonStyle } from '../../core/fixes/jsonEdits.ts';
import { spacingEdits } from '../../core/fixes/recordLayout.ts';
import type { Edit } from '../../core/finding/finding.ts';
import { JsonScratch, readJson } from '../../core/record/readJson.ts';
import { span } from '../../core/text/span.ts';
import type { Snapshot } from '../snapshot.ts';

/** Characters that an edit takes as JSON, besides its text: to replace what stands between two edits that are nearer is less to send. */
const editLength = 100;

/**
 * Separates the values of all records, or of those in a range, as the first record of the file does, and takes away what other
 * white space there is. Every record stays on its line, and one that is not JSON as it is. A record at a time.
 */
export function* formattingEdits(
  { document }: Snapshot,
  range?: Range,
): Generator<readonly TextEdit[]> {
  const scratch = new JsonScratch();
  const style = styleOfFirst(document, scratch);
  // A record over many lines is JSON, which editors format by themselves.
  if (!style || document.kind === 'record') return;
  for (const record of range ? recordsIn(document, range) : document.records()) {
    if (readJson(record.text, scratch).problem) continue;
    const edits = joined(record.text, spacingEdits(record.text, style));
    yield edits.map((edit) => toTextEdit(record, edit));
  }
}

function styleOfFirst(document: CheckedDocument, scratch: JsonScratch): JsonStyle | undefined {
  for (const { text } of document.records()) {
    const tree = readJson(text, scratch);
    if (!tree.problem) return styleOf(tree);
  }
  return undefined;
}

function* recordsIn(document: CheckedDocument, { start, end }: Range): Generator<RecordAt> {
  const last = Math.min(end.line, document.store.lineCount - 1);
  for (let line = Math.max(start.line, 0); line <= last; line++) {
    const record = document.recordAt({ line, character: 0 });
    if (record) yield record;
  }
}

/** The edits of a text, with those that are near each other as one. */
function joined(text: string, edits: readonly Edit[]): readonly Edit[] {
  const groups: Edit[][] = [];
  let end = -Infinity;
  for (const edit of edits) {
    const isNear = edit.span.start - end <= editLength;
    if (isNear) groups.at(-1)?.push(edit);
    else groups.push([edit]);
    ({ end } = edit.span);
  }
  return groups.map((group) => asOne(text, group));
}

function asOne(text: string, edits: readonly Edit[]): Edit {
  const start = edits[0]?.span.start ?? 0;
  const end = edits.at(-1)?.span.end ?? start;
  const moved = edits.map((edit) => ({
    ...edit,
    span: span(edit.span.start - start, edit.span.end - start),
  }));
  return { span: span(start, end), newText: applyEdits(text.slice(start, end), moved) };
}

function toTextEdit(record: RecordAt, { span: { start, end }, newText }: Edit): TextEdit {
  return { range: { start: record.positionOf(start), end: record.positionOf(end) }, newText };
}
