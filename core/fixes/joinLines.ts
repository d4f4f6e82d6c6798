import type { Edit, Fix } from '../finding/finding.ts';
import { readJson } from '../record/readJson.ts';
import { hasTrainingKey, trainingKeys } from '../record/trainingKeys.ts';
import { span } from '../text/span.ts';
import { formatCount } from '../text/formatCount.ts';
import { applyEdits } from './jsonEdits.ts';
import { isCertainRepair, RelaxedReader } from './relaxedJson.ts';

/** Whether lines make one record: how many do, or that more are needed, or how many of them certainly do not. */
export type Joining =
  | { readonly state: 'joined'; readonly lineCount: number; readonly fix: Fix }
  | { readonly state: 'open' }
  | { readonly state: 'broken'; readonly lineCount: number };

/** Whether a line may be the first of several that hold one record. */
export function opensRecord(text: string): boolean {
  if (!objectStart.test(text)) return false;
  const reader = new RelaxedReader(text);
  reader.skipSpace();
  return reader.readValue().state === 'open';
}

const objectStart = /^\s*\{/;

/** The start of a record on a line of its own: here the one before it must have ended. */
const recordStart = new RegExp(`^\\s*\\{\\s*["']?(?:${trainingKeys.join('|')})["']?\\s*:`);

/**
 * Makes one record of the lines from the first on, as many as it takes. The fix is of their texts with a line feed
 * between each two: it writes the line break in a string as an escape, and takes any other away with what indents the
 * next line.
 */
export function joinLines(texts: readonly string[]): Joining {
  const next = texts.findIndex((text, index) => index > 0 && recordStart.test(text));
  const block = (next < 0 ? texts : texts.slice(0, next)).join('\n');
  const reader = new RelaxedReader(block);
  reader.skipSpace();
  const { state, end } = reader.readValue();
  if (state === 'open') return next < 0 ? { state } : { state: 'broken', lineCount: next };
  const lineCount = countLines(block.slice(0, end));
  const fix = state === 'complete' ? joinUpTo(block, end, reader) : undefined;
  return fix && lineCount > 1
    ? { state: 'joined', lineCount, fix: { ...fix, ...titlesFor(lineCount) } }
    : { state: 'broken', lineCount: Math.max(1, lineCount - 1) };
}

function titlesFor(lineCount: number): Pick<Fix, 'title' | 'kindTitle'> {
  const title = `Join ${formatCount(lineCount)} lines into one record`;
  return { title, kindTitle: 'Join lines into records' };
}

function countLines(text: string): number {
  return text.split('\n').length;
}

/** `end` is that of the record; its last line may have a comma behind it. */
function joinUpTo(
  block: string,
  end: number,
  reader: RelaxedReader,
): Omit<Fix, 'title'> | undefined {
  const lineEnd = block.indexOf('\n', end);
  const lines = lineEnd < 0 ? block : block.slice(0, lineEnd);
  const rest = lines.slice(end);
  if (!/^\s*,?\s*$/.test(rest)) return undefined;
  const edits = [...mergeBreaks(lines, end, reader.edits)];
  if (rest.trim() !== '') edits.push({ span: span(end, lines.length), newText: '' });
  const record = readJson(applyEdits(lines, edits));
  if (record.problem || record.text.includes('\n') || !hasTrainingKey(record.root))
    return undefined;
  return { kind: 'join-lines', edits, isCertain: isCertainRepair(reader.faults) };
}

/** The edits, and between them those of line breaks that no edit has replaced. */
function* mergeBreaks(lines: string, end: number, edits: readonly Edit[]): Generator<Edit> {
  let from = 0;
  for (const edit of edits) {
    yield* joinBreaks(lines, from, edit.span.start);
    yield edit;
    from = edit.span.end;
  }
  yield* joinBreaks(lines, from, end);
}

/** A break goes with the white space behind it, up to `to`; a blank stays behind a comma or colon. */
function* joinBreaks(lines: string, from: number, to: number): Generator<Edit> {
  for (let feed = lines.indexOf('\n', from); feed >= 0 && feed < to;) {
    let end = feed + 1;
    while (end < to && isSpace(lines.charCodeAt(end))) end++;
    const before = lines.charAt(feed - 1);
    yield { span: span(feed, end), newText: before === ',' || before === ':' ? ' ' : '' };
    feed = lines.indexOf('\n', end);
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
