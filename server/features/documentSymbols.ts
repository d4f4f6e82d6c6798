import { SymbolKind, type DocumentSymbol, type Range } from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import { describeImage } from '../../core/image/describeImage.ts';
import { inspectImage } from '../../core/image/inspectImage.ts';
import type { LearntImages } from '../../core/image/learntImages.ts';
import { readExample, type Message, type Part } from '../../core/record/example.ts';
import type { JsonValue } from '../../core/record/jsonTree.ts';
import { readJson } from '../../core/record/readJson.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { ownCopy } from '../../core/text/ownCopy.ts';
import { makeVisible } from '../../core/text/quote.ts';
import type { Snapshot } from '../snapshot.ts';

/** As many as VS Code's own JSON server gives at most (`json.maxItemsComputed`). */
export const maxSymbols = 5000;

/** Characters of a message that an outline shows. */
const maxNameLength = 40;

/**
 * Records, in them messages, in them images. In a long file every record has a symbol as far as there is room, and the first
 * ones have their messages; the last symbol says what is left out. A record at a time, so that the caller can stop.
 */
export function* documentSymbolsOf({ document }: Snapshot): Generator<DocumentSymbol[]> {
  // A record over many lines is JSON, of which editors make an outline by themselves.
  if (document.kind === 'record') return;
  const room = { records: maxSymbols - 1, inside: 0 };
  room.inside = Math.max(0, room.records - document.store.lineCount);
  let number = 0;
  let isWhole = true;
  for (const record of document.records()) {
    number++;
    if (number > room.records) {
      yield [notice(record, `Records from ${formatCount(number)} on are not listed`)];
      return;
    }
    // Of a broken record there are the messages before its first problem.
    const messages = isWhole ? (readExample(readJson(record.text))?.messages ?? []) : [];
    const size = sizeOf(messages);
    // From the first record that does not fit on, none has its messages: gaps would be a riddle.
    isWhole &&= size <= room.inside;
    room.inside -= isWhole ? size : 0;
    const { learnt } = document.context;
    const shown = isWhole ? messages.map((each) => messageSymbol(record, each, learnt)) : [];
    yield [symbolOf(record, number, shown)];
  }
}

function symbolOf(record: RecordAt, number: number, children: DocumentSymbol[]): DocumentSymbol {
  const range = rangeOf(record, 0, record.text.length);
  // Editors select it: the first character of a line of megabytes is enough.
  const selectionRange = rangeOf(record, 0, Math.min(1, record.text.length));
  const name = `Record ${formatCount(number)}`;
  return { name, kind: SymbolKind.Object, range, selectionRange, children };
}

function notice(record: RecordAt, name: string): DocumentSymbol {
  const range = rangeOf(record, 0, Math.min(1, record.text.length));
  return { name, kind: SymbolKind.Null, range, selectionRange: range };
}

function messageSymbol(
  record: RecordAt,
  message: Message,
  learnt: LearntImages | undefined,
): DocumentSymbol {
  return {
    name: message.role === undefined ? 'message' : shorten(message.role) || 'message',
    detail: firstWords(message),
    kind: SymbolKind.String,
    ...placeOf(record, message.value),
    children: message.parts
      .filter(({ image }) => image)
      .map((part) => imageSymbol(record, part, learnt)),
  };
}

function imageSymbol(
  record: RecordAt,
  { value, image }: Part,
  learnt: LearntImages | undefined,
): DocumentSymbol {
  const url = image?.url.asString() ?? '';
  const facts = inspectImage(url, learnt);
  const host = URL.parse(url)?.host ?? '';
  return {
    name: 'image',
    detail: facts ? describeImage(facts) : shorten(host),
    kind: SymbolKind.File,
    ...placeOf(record, value),
  };
}

/** What a message begins with: its text, or its first part of text. */
function firstWords({ content, parts }: Message): string {
  const text = content?.kind === 'string' ? content : parts.find(({ type }) => type === 'text');
  const value = text && ('value' in text ? text.value.get('text') : text);
  return shorten(value?.asString() ?? '');
}

/** In storage of its own, visible, on one line, and never more than an outline has room for. */
function shorten(text: string): string {
  const start = text.slice(0, maxNameLength).replaceAll(/\s+/g, ' ').trim();
  return ownCopy(makeVisible(start) + (text.length > maxNameLength ? '…' : ''));
}

/** How many symbols they make, known before any image is looked at. */
function sizeOf(messages: readonly Message[]): number {
  return messages.reduce(
    (sum, { parts }) => sum + 1 + parts.filter(({ image }) => image).length,
    0,
  );
}

function placeOf(
  record: RecordAt,
  { span: { start, end } }: JsonValue,
): Pick<DocumentSymbol, 'range' | 'selectionRange'> {
  const range = rangeOf(record, start, end);
  return { range, selectionRange: rangeOf(record, start, Math.min(start + 1, end)) };
}

function rangeOf(record: RecordAt, start: number, end: number): Range {
  return { start: record.positionOf(start), end: record.positionOf(end) };
}
