import {
  Range,
  window,
  workspace,
  WorkspaceEdit,
  type QuickPickItem,
  type TextEditor,
} from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Profile } from '../core/profile/profile.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { formatRange } from '../core/tokens/imageCost.ts';
import { highDetailRange, lowDetailTokens } from '../core/tokens/imageTokens.ts';
import { setDetailMethod, type SetDetailParams, type SetDetailResult } from '../server/protocol.ts';
import { withLateProgress } from './lateProgress.ts';
import type { StatusItem } from './statusItem.ts';

type Detail = SetDetailParams['detail'];

/** Sets the detail of one image, of a record's or of all, after two questions. Undone in one step. */
export async function setImageDetail(client: LanguageClient, status: StatusItem): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage('Open a training file first.');
    return;
  }
  const detail = await window.showQuickPick(detailsFor(status.profileOf(editor.document)), {
    title: 'Set Image Detail (1 of 2)',
    placeHolder: 'Detail',
  });
  if (!detail) return;
  const change = await pickScope(client, editor, detail.label);
  if (change) await apply(editor, change);
}

/** The details there are, with what an image costs at each where it is known by whose prices. */
function detailsFor(
  profile: Profile | undefined,
): readonly (QuickPickItem & { readonly label: Detail })[] {
  const low = profile && `${formatCount(lowDetailTokens(profile.imageTokens))} tokens an image`;
  const high = profile && `${formatRange(highDetailRange(profile.imageTokens))} tokens an image`;
  return [
    { label: 'low', description: [low, 'seen at 512×512 pixels'].filter(Boolean).join(', ') },
    { label: 'high', description: [high, 'by its size'].filter(Boolean).join(' ') },
    { label: 'auto', description: 'the model decides by the size of the image' },
  ];
}

/** Offers the scopes in which anything changes, with how much. */
async function pickScope(
  client: LanguageClient,
  editor: TextEditor,
  detail: Detail,
): Promise<SetDetailResult | undefined> {
  const { document, selection } = editor;
  const { line, character } = selection.active;
  const base = { uri: document.uri.toString(), detail, position: { line, character } };
  const names = {
    image: 'This image',
    record: 'All images of this record',
    file: 'All images of this file',
  };
  const items: (QuickPickItem & { readonly result: SetDetailResult })[] = [];
  for (const scope of ['image', 'record', 'file'] as const) {
    const result = await withLateProgress('Looking for images', (token) =>
      client.sendRequest<SetDetailResult | null>(
        setDetailMethod,
        { ...base, scope } satisfies SetDetailParams,
        token,
      ),
    );
    // Where it would do the same as the one before, one of the two is enough.
    if (!result || result.images <= (items.at(-1)?.result.images ?? 0)) continue;
    items.push({
      label: names[scope],
      description: `${formatCount(result.images)} to change`,
      result,
    });
  }
  if (items.length === 0) {
    void window.showInformationMessage(
      `There is no image here whose detail is not ${detail} already.`,
    );
    return undefined;
  }
  const picked = await window.showQuickPick(items, {
    title: `Set Image Detail to ${detail} (2 of 2)`,
    placeHolder: 'Where',
  });
  return picked?.result;
}

async function apply({ document }: TextEditor, { edits, version }: SetDetailResult): Promise<void> {
  if (document.version !== version) {
    void window.showWarningMessage(
      'The file has changed meanwhile, so nothing was set. Run the command again.',
    );
    return;
  }
  const change = new WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    change.replace(
      document.uri,
      new Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  await workspace.applyEdit(change);
}
