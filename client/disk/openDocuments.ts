import { workspace, type TextDocument, type Uri } from 'vscode';
import { Refusal } from '../../disk/diskFile.ts';

/** The document of a file, if VS Code gives one to extensions. */
export function documentOf(uri: Uri): TextDocument | undefined {
  const key = uri.toString();
  return workspace.textDocuments.find((document) => document.uri.toString() === key);
}

/** Throws a `Refusal` where writing the file would leave somebody with two versions of it. */
export function refuseUnsaved(uri: Uri): void {
  if (documentOf(uri)?.isDirty) throw new Refusal('it is open with changes that are not saved');
}
