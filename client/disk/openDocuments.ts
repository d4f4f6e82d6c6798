import { workspace, type TextDocument, type Uri } from 'vscode';
import { Refusal } from '../../disk/diskFile.ts';

/** VS Code gives no document to extensions of which the text is longer, in UTF-16 units (`TextModel._MODEL_SYNC_LIMIT`). */
export const largestDocument = 50 * 1024 * 1024;

/** The document of a file, if VS Code gives one to extensions. */
export function documentOf(uri: Uri): TextDocument | undefined {
  const key = uri.toString();
  return workspace.textDocuments.find((document) => document.uri.toString() === key);
}

/** Throws a `Refusal` where writing the file would leave somebody with two versions of it. */
export function refuseUnsaved(uri: Uri): void {
  if (documentOf(uri)?.isDirty) throw new Refusal('it is open with changes that are not saved');
}
