import assert from 'node:assert/strict';
import { InsertTextFormat, MarkupKind, type CompletionItem } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createContext } from '../../core/check/context.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { RecordDocument } from '../../core/check/recordDocument.ts';
import type { Position } from '../../core/text/position.ts';
import { completionsAt } from '../../server/features/completion.ts';
import { Snapshot } from '../../server/snapshot.ts';

const uri = 'file:///train.jsonl';

/** A checked document, and where `<|>` stands in its text; at its start where there is none. */
export interface AtCursor {
  readonly snapshot: Snapshot;
  readonly position: Position;
}

export interface TextOptions extends CheckOptions {
  /** `json` for one record over many lines. */
  readonly languageId?: 'jsonl' | 'json';
}

export function atCursor(
  marked: string,
  { languageId = 'jsonl', ...options }: TextOptions = {},
): AtCursor {
  const [before = '', after = ''] = marked.split('<|>');
  const context = createContext([options], '2026-11-21');
  const text = before + after;
  const document =
    languageId === 'json' ? RecordDocument.of(text, context) : LinesDocument.of(text, context);
  const snapshot = new Snapshot(uri, languageId, 1, document);
  const position = snapshot.positionAt(before.length);
  return {
    snapshot: new Snapshot(
      uri,
      languageId,
      1,
      document.check(() => false),
    ),
    position,
  };
}

export interface EditorOptions extends TextOptions {
  readonly hasSnippets?: boolean;
}

/** What is offered at `<|>`, by label in order. */
export function completionLabels(marked: string, options?: EditorOptions): string[] {
  return completions(marked, options).map(({ label }) => label);
}

export function completions(
  marked: string,
  { hasSnippets = false, ...options }: EditorOptions = {},
): CompletionItem[] {
  const { snapshot, position } = atCursor(marked, options);
  return completionsAt(snapshot, position, { hasSnippets, markup: MarkupKind.Markdown });
}

/** The text after an offer is taken, with its placeholders as they come. */
export function complete(marked: string, label: string, options?: EditorOptions): string {
  const items = completions(marked, options);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `${label} is not among ${items.map((each) => each.label).join(', ')}`);
  return accept(marked, item);
}

/** The text after one offer is taken. */
export function accept(marked: string, item: CompletionItem): string {
  const edit = item.textEdit;
  assert.ok(edit && 'range' in edit);
  const document = TextDocument.create(uri, 'jsonl', 1, marked.replace('<|>', ''));
  return TextDocument.applyEdits(document, [edit]);
}

/** A snippet as it reads before anybody fills it in: the hints, and of choices the first. */
export function expand({ insertTextFormat }: CompletionItem, text: string): string {
  if (insertTextFormat !== InsertTextFormat.Snippet) return text;
  return text
    .replaceAll(/\$\{\d+\|((?:\\.|[^,|\\])*)[^}]*\|\}/g, '$1')
    .replaceAll(/\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
    .replaceAll(/\\([\\$},|])/g, '$1');
}
