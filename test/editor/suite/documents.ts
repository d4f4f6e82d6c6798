/** Files of the window's folder, a copy of the samples, and what VS Code shows of them. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../../../scripts/editor/until.ts';
import faults from '../../../samples/broken.expected.json' with { type: 'json' };

/** The fault of each line of `broken.jsonl`, one a line. */
export const plantedFaults: readonly { readonly line: number; readonly rule: string }[] = faults;

export function folder(): vscode.Uri {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(uri, 'a folder is open');
  return uri;
}

/** Opens a file of the folder and shows it, in the language that its name says. */
export async function openFile(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder(), name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Writes a file into the folder first. */
export async function openText(
  name: string,
  text: string | Uint8Array,
): Promise<vscode.TextDocument> {
  await writeText(name, text);
  return openFile(name);
}

/** In UTF-8, unless the bytes are given. */
export async function writeText(name: string, text: string | Uint8Array): Promise<void> {
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder(), name), Buffer.from(text));
}

export async function removeFile(name: string): Promise<void> {
  await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder(), name));
}

/** The findings of a document by place, once there are so many. */
export async function findings(
  { uri }: vscode.TextDocument,
  count: number,
): Promise<vscode.Diagnostic[]> {
  const present = (): vscode.Diagnostic[] =>
    vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'vision-finetune')
      .sort((a, b) => a.range.start.compareTo(b.range.start));
  try {
    return await until(`${count} findings`, () => {
      const found = present();
      return found.length === count ? found : undefined;
    });
  } catch (cause) {
    const found = present().map(({ message, range: { start } }) => `${start.line + 1}: ${message}`);
    throw new Error(`There are ${found.length} findings:\n${found.join('\n')}`, { cause });
  }
}

/** The ids of the rules, in the order of the findings. */
export function rulesOf(found: readonly vscode.Diagnostic[]): string[] {
  return found.map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** Runs `body` with settings of the folder, and takes them back. Names are full: `visionFinetune.profile`. */
export async function withSettings(
  settings: Readonly<Record<string, unknown>>,
  body: () => Promise<void>,
): Promise<void> {
  const write = async (valueOf: (name: string) => unknown): Promise<void> => {
    for (const name of Object.keys(settings)) {
      await vscode.workspace
        .getConfiguration()
        .update(name, valueOf(name), vscode.ConfigurationTarget.Workspace);
    }
  };
  await write((name) => settings[name]);
  try {
    await body();
  } finally {
    await write(() => undefined);
  }
}

/** Puts text in place of a range, as typing does. */
export async function replace(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  text: string,
): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Where `wanted` stands on a line, which counts from 1. */
export function rangeOf(
  document: vscode.TextDocument,
  line1: number,
  wanted: string,
): vscode.Range {
  const start = document.lineAt(line1 - 1).text.indexOf(wanted);
  assert.ok(start >= 0, `line ${line1} holds ${wanted}`);
  return new vscode.Range(line1 - 1, start, line1 - 1, start + wanted.length);
}
