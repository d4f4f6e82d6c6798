import { fingerprintOf } from '../dataset/fingerprint.ts';
import type { Edit, Fix } from '../finding/finding.ts';
import { joinLines, opensRecord, type Joining } from '../fixes/joinLines.ts';
import { readExample } from '../record/example.ts';
import { isBlank } from '../record/isBlank.ts';
import { readJson } from '../record/readJson.ts';
import type { Line } from '../text/lines.ts';
import type { Position, Range } from '../text/position.ts';
import type { CheckedDocument } from './checkedDocument.ts';
import { findRepairs } from './checkRecord.ts';
import type { CheckedLine } from './lineChecker.ts';
import { LineRepairer, type FoundLine } from './lineRepairer.ts';
import { repairText, wholeRecord, type ChooseFix } from './repair.ts';

/** An edit with its place in a document. */
export interface PlacedEdit {
  readonly range: Range;
  readonly newText: string;
}

/** Some lines of a document from one on. */
interface Lines {
  readonly first: number;
  readonly lines: readonly Pick<Line<unknown>, 'text' | 'eol'>[];
}

/**
 * The edits that repair a document, as `FileRepairer` repairs the file: line by line, in order, so that the caller can
 * stop in between.
 */
export function* repairDocument(
  document: CheckedDocument,
  choose: ChooseFix,
): Generator<readonly PlacedEdit[]> {
  const { context, store } = document;
  if (document.kind === 'record') {
    const find = (text: string) => findRepairs(text, context);
    yield repairText(store.getText(), find, wholeRecord(choose)).edits.map(({ span, newText }) => {
      const range = { start: store.positionAt(span.start), end: store.positionAt(span.end) };
      return { range, newText };
    });
    return;
  }
  const repairer = new LineRepairer<FoundLine>(context, choose);
  let first = 0;
  for (const line of store.lines()) yield* repaired(repairer.push(asFound(line)));
  yield* repaired(repairer.end());

  function* repaired(outcomes: ReturnType<typeof repairer.push>): Generator<readonly PlacedEdit[]> {
    for (const { lines, repair } of outcomes) {
      if (repair?.isRemoved) yield [removeLines({ first, lines })];
      else yield repair ? placeEdits({ first, lines }, repair.edits) : [];
      first += lines.length;
    }
  }
}

/** Takes lines out with their line ends. */
export function removeLines({ first, lines }: Lines): PlacedEdit {
  const { text = '', eol = '' } = lines.at(-1) ?? {};
  const last = first + lines.length - 1;
  const start = { line: first, character: 0 };
  const end =
    eol === '' ? { line: last, character: text.length } : { line: last + 1, character: 0 };
  return { range: { start, end }, newText: '' };
}

/** Edits of the texts of lines with a line feed between each two, in order. New line feeds end as the lines do. */
export function placeEdits({ first, lines }: Lines, edits: readonly Edit[]): readonly PlacedEdit[] {
  let line = 0;
  let start = 0;
  const place = (offset: number): Position => {
    for (; ; line++) {
      const length = lines[line]?.text.length ?? Infinity;
      if (offset <= start + length) return { line: first + line, character: offset - start };
      start += length + 1;
    }
  };
  const eol = lines[0]?.eol === '\r\n' ? '\r\n' : '\n';
  return edits.map(({ span, newText }) => ({
    range: { start: place(span.start), end: place(span.end) },
    newText: newText.replaceAll('\n', eol),
  }));
}

/** Lines that make one record, and the fix that joins them: of their texts with a line feed between each two. */
export interface JoinedLines extends Lines {
  readonly fix: Fix;
}

/** Lines above and below that are looked at: a person waits for it. */
const reach = 1000;

/** The record that is spread over several lines, one of which is this. */
export function findJoinedLines(
  { kind, store }: CheckedDocument,
  line: number,
): JoinedLines | undefined {
  if (kind === 'record') return undefined;
  let top = line;
  while (top > 0 && line - top < reach && !asFound(store.line(top - 1)).isClean) top--;
  for (let first = top; first <= line; first++) {
    if (!opensRecord(store.line(first).text)) continue;
    const lines: Line<CheckedLine>[] = [];
    for (const each of store.lines(first)) {
      if (asFound(each).isClean || lines.length === 2 * reach) break;
      lines.push(each);
    }
    const joining: Joining = joinLines(lines.map(({ text }) => text));
    if (joining.state !== 'joined') continue;
    const { lineCount, fix } = joining;
    if (first + lineCount > line) return { first, lines: lines.slice(0, lineCount), fix };
    first += lineCount - 1;
  }
  return undefined;
}

/** A line that is not checked yet is let alone. */
function asFound({ text, eol, note }: Line<CheckedLine>): FoundLine {
  const { findings = [], keys } = note ?? {};
  const isClean = findings.length === 0 && !isBlank(text);
  return {
    text,
    eol,
    findings,
    isClean,
    get fingerprint() {
      const example = keys && readExample(readJson(text));
      return example && fingerprintOf(example);
    },
    readText: () => text,
  };
}
