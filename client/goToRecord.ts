import { Range, Selection, TextEditorRevealType, window, type TextEditor } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { formatCount } from '../core/text/formatCount.ts';
import {
  findRecordMethod,
  type FindRecordParams,
  type FindRecordResult,
} from '../server/protocol.ts';
import { withLateProgress } from './lateProgress.ts';

type Want = FindRecordParams['want'];
type Step = Exclude<Want, number | 'here'>;

/** What is said where a step leads nowhere. */
export const noSuchRecord: Readonly<Record<Step, string>> = {
  next: 'This is the last record.',
  previous: 'This is the first record.',
  nextProblem: 'No record after this one has a problem.',
  previousProblem: 'No record before this one has a problem.',
};

/** How long the status bar says that there is none, in milliseconds. */
const noticeMs = 4000;

/** Moves the cursor to the next or previous record, or to the next or previous problem in another record. */
export async function goToNeighbour(client: LanguageClient, step: Step): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) return;
  const found = await find(client, editor, step);
  if (found) show(editor, found);
  else if (found === null) window.setStatusBarMessage(noSuchRecord[step], noticeMs);
}

/** Asks for a number, and moves the cursor to that record. */
export async function goToRecord(client: LanguageClient): Promise<void> {
  const editor = window.activeTextEditor;
  const here = editor && (await find(client, editor, 'here'));
  if (!here) return;
  const expected = `A number from 1 to ${formatCount(here.count)}`;
  const answer = await window.showInputBox({
    title: 'Go to Record',
    prompt: expected,
    value: String(here.number),
    validateInput: (text) => (readNumber(text, here.count) === undefined ? expected : undefined),
  });
  const number = readNumber(answer ?? '', here.count);
  const found = number === undefined ? undefined : await find(client, editor, number);
  if (found) show(editor, found);
}

/** As people write it: `1204` or `1,204`. */
function readNumber(text: string, count: number): number | undefined {
  const digits = text.trim().replaceAll(',', '');
  const number = /^\d+$/.test(digits) ? Number(digits) : 0;
  return number >= 1 && number <= count ? number : undefined;
}

/** Null where there is none; undefined when cancelled. */
function find(
  client: LanguageClient,
  { document, selection }: TextEditor,
  want: Want,
): Promise<FindRecordResult | undefined> {
  const uri = document.uri.toString();
  const params: FindRecordParams = { uri, line: selection.active.line, want };
  return withLateProgress('Looking for the record', (token) =>
    client.sendRequest<FindRecordResult>(findRecordMethod, params, token),
  );
}

/** Where the text has changed since, the line is at most a few lines off. */
function show(editor: TextEditor, { line, character }: NonNullable<FindRecordResult>): void {
  editor.selection = new Selection(line, character, line, character);
  editor.revealRange(
    new Range(line, character, line, character),
    TextEditorRevealType.InCenterIfOutsideViewport,
  );
}
