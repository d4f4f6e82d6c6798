import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type MarkupKind,
  type Position,
} from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import { styleOf } from '../../core/fixes/jsonEdits.ts';
import { isBlank } from '../../core/record/isBlank.ts';
import { readJson } from '../../core/record/readJson.ts';
import { span } from '../../core/text/span.ts';
import { placeAt, type Place } from '../editing/placeAt.ts';
import { isTaken, keyOf, shapeAt, valuesOf, type Key, type Shape } from '../editing/shapes.ts';
import {
  elementSnippets,
  exampleSnippets,
  valueSnippets,
  type Snippet,
} from '../editing/snippets.ts';
import { choice, Hole, render, type Layout, type Template } from '../editing/template.ts';
import type { Snapshot } from '../snapshot.ts';

/** What the client can do with a completion. */
export interface CompletionClient {
  readonly hasSnippets: boolean;
  /** The kind of text in which it shows explanations. */
  readonly markup: MarkupKind;
}

/** What may be typed at a place, in the record's own style and never over several lines of a JSON Lines file. */
export function completionsAt(
  snapshot: Snapshot,
  position: Position,
  client: CompletionClient,
): CompletionItem[] {
  const record = snapshot.document.recordAt(position) ?? emptyRecord(position);
  const place = isBlank(record.text) ? emptyPlace(record, position) : placeAt(record, position);
  if (!place) return [];
  const request = { snapshot, record, place, client, layout: layoutAt(snapshot, record, client) };
  const items = [...(place.isKey ? keyItems(request) : valueItems(request))];
  // In the order of the format, which editors would sort by name.
  return items.map((item, index) => ({ ...item, sortText: String(index).padStart(2, '0') }));
}

/** Triggers besides letters: what stands before a key or a value. */
export const completionTriggers = ['"', ':', ',', '{', '['];

interface CompletionRequest {
  readonly snapshot: Snapshot;
  readonly record: RecordAt;
  readonly place: Place;
  readonly layout: Layout;
  readonly client: CompletionClient;
}

interface Proposal {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** What stands before the value: a key and its colon. */
  readonly prefix?: string;
  readonly template?: Template;
  readonly key?: Key;
  /** What a text that begins with a quote is compared with. */
  readonly filter?: string;
}

function* keyItems(request: CompletionRequest): Generator<CompletionItem> {
  const { place, layout, snapshot } = request;
  const { profile } = snapshot.document.context;
  const shape = shapeAt(place.path.slice(0, -1));
  if (!shape) return;
  for (const [name, key] of Object.entries(shape.keys ?? {})) {
    if (key.template === undefined || place.siblings.has(name)) continue;
    if (!isTaken(shape, name, place.surroundings, profile)) continue;
    const json = JSON.stringify(name);
    yield toItem(request, {
      label: name,
      kind: CompletionItemKind.Property,
      key,
      filter: json,
      ...(place.hasColon
        ? { prefix: json }
        : { prefix: json + layout.colon, template: templateOf(shape, name, key, request) }),
    });
  }
}

/** A key with few values brings the choice of them. */
function templateOf(
  shape: Shape,
  name: string,
  key: Key,
  { place, layout, snapshot }: CompletionRequest,
): Template {
  const values = valuesOf(shape, name, place.surroundings, snapshot.document.context);
  const needsChoice = layout.hasSnippets && values.length > 1 && key.values === undefined;
  return needsChoice ? choice(values) : (key.template ?? '');
}

function* valueItems(request: CompletionRequest): Generator<CompletionItem> {
  const { path, surroundings } = request.place;
  const name = path.at(-1);
  const around = shapeAt(path.slice(0, -1));
  if (name === undefined) {
    yield* snippetItems(request, exampleSnippets);
  } else if (typeof name === 'number') {
    yield* snippetItems(request, elementSnippets(around, surroundings));
  } else if (around) {
    yield* valueItemsOf(request, around, name);
    yield* snippetItems(request, valueSnippets(around, name, surroundings));
  }
}

/** The values that a key may have; where it may have any, what such a value looks like. */
function* valueItemsOf(
  request: CompletionRequest,
  around: Shape,
  name: string,
): Generator<CompletionItem> {
  const { place, snapshot } = request;
  const key = keyOf(around, name);
  const values = valuesOf(around, name, place.surroundings, snapshot.document.context);
  const known = key && { key };
  for (const value of values) {
    // Behind a quote, neither a number nor a word is what is wanted.
    if (place.isQuoted && typeof value !== 'string') continue;
    const label = String(value);
    const filter = JSON.stringify(value);
    yield toItem(request, {
      label,
      kind: CompletionItemKind.EnumMember,
      template: value,
      filter,
      ...known,
    });
  }
  if (key?.template === undefined || place.isQuoted || values.length > 0) return;
  const { template } = key;
  yield toItem(request, {
    label: labelOf(template),
    kind: CompletionItemKind.Value,
    template,
    ...known,
  });
}

function labelOf(template: Template): string {
  if (Array.isArray(template)) return '[ ]';
  return template instanceof Hole ? '""' : '{ }';
}

/** A string that has been begun is not to become an object. */
function* snippetItems(
  request: CompletionRequest,
  snippets: readonly Snippet[],
): Generator<CompletionItem> {
  if (request.place.isQuoted) return;
  const kind = CompletionItemKind.Snippet;
  for (const { label, template } of snippets) yield toItem(request, { label, kind, template });
}

function toItem(
  { record, place, layout, client, snapshot }: CompletionRequest,
  { label, kind, prefix = '', template, key, filter }: Proposal,
): CompletionItem {
  const suffix = place.needsComma ? layout.comma : '';
  const { text, isSnippet } = render(template, layout, { prefix, suffix });
  const documentation = key && {
    kind: client.markup,
    value: key.describe(snapshot.document.context),
  };
  const range = {
    start: record.positionOf(place.span.start),
    end: record.positionOf(place.span.end),
  };
  return {
    label,
    kind,
    ...(documentation && { documentation }),
    ...(filter !== undefined && place.isQuoted && { filterText: filter }),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText: text },
  };
}

/** As the record separates; one that is not begun as the line above it, else the one below, else the first. */
function layoutAt(
  { document }: Snapshot,
  { text, line }: RecordAt,
  { hasSnippets }: CompletionClient,
): Layout {
  const isOverLines = document.kind === 'record';
  const lines = isOverLines ? [text] : [text, lineAt(line - 1), lineAt(line + 1), lineAt(0)];
  const like = lines.find((each) => !isBlank(each)) ?? '';
  // The style shows in the first member; the rest may be megabytes.
  return { ...styleOf(readJson(like.slice(0, styleLength))), hasSnippets, isOverLines };

  function lineAt(lineNumber: number): string {
    const { store } = document;
    return lineNumber >= 0 && lineNumber < store.lineCount ? store.line(lineNumber).text : '';
  }
}

const styleLength = 200;

/** On a blank line, where a record is to be. */
function emptyRecord({ line }: Position): RecordAt {
  return {
    text: '',
    line,
    offsetOf: ({ character }) => character,
    positionOf: (offset) => ({ line, character: offset }),
  };
}

function emptyPlace(record: RecordAt, position: Position): Place {
  const at = record.offsetOf(position);
  return {
    path: [],
    isKey: false,
    span: span(at, at),
    isQuoted: false,
    siblings: new Set(),
    surroundings: {},
    hasColon: false,
    needsComma: false,
  };
}
