import { Uri, window, workspace, type ExtensionContext } from 'vscode';

/** A file with one fault of each kind, all of which are told apart and most of which can be repaired. */
const sample = 'broken.jsonl';

/** Opens a copy of the sample that ships with the extension: it may be changed, and is as it was when asked for again. */
export async function openSample({
  extensionUri,
  globalStorageUri,
}: ExtensionContext): Promise<void> {
  const copy = Uri.joinPath(globalStorageUri, 'samples', sample);
  await workspace.fs.copy(Uri.joinPath(extensionUri, 'samples', sample), copy, { overwrite: true });
  await window.showTextDocument(await workspace.openTextDocument(copy), { preview: false });
}
