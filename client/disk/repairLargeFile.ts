import { commands, ProgressLocation, window, type QuickPickItem } from 'vscode';
import { countOf, describeCounts, noProblems } from '../../core/finding/words.ts';
import type { RepairKind, RepairReport, RepairWishes } from '../../disk/protocol.ts';
import { toSignal } from '../abortSignal.ts';
import type { LargeFile } from './largeFile.ts';
import type { LargeFiles } from './largeFiles.ts';

import { refuseUnsaved } from './openDocuments.ts';

/** How long the status bar says that nothing was done, in milliseconds. */
const noticeMs = 4000;

/** Repairs the active file as what it is: a document, where each step can be undone, or a file on disk. */
export async function repairActiveFile(large: LargeFiles): Promise<void> {
  const file = large.active;
  if (file) await repairLargeFile(file);
  else await commands.executeCommand('editor.action.fixAll');
}

/** Tells what would be repaired in a file on disk, lets a person choose, and writes a new file that takes its name. */
export async function repairLargeFile(file: LargeFile): Promise<void> {
  const { name } = file;
  try {
    refuseUnsaved(file.uri);
    const told = await repair(file, `Looking for repairs in ${name}`, { kind: 'dryRun' });
    if (!told) return;
    if (told.kinds.length === 0) {
      void window.showInformationMessage(`There is nothing in ${name} that can be repaired.`);
      return;
    }
    const rules = await askKinds(name, told);
    if (!rules) return;
    refuseUnsaved(file.uri);
    const { stamp } = told;
    const done = await repair(file, `Repairing ${name}`, { kind: 'write', stamp, rules });
    if (done) {
      file.noteChange();
      void tell(file, done);
    } else window.setStatusBarMessage(`Cancelled: ${name} is as it was.`, noticeMs);
  } catch (error) {
    void window.showWarningMessage(`${name} is as it was: ${file.explain(error)}.`);
  }
}

/** Undefined when cancelled. */
async function repair(
  file: LargeFile,
  title: string,
  wishes: RepairWishes,
): Promise<RepairReport | undefined> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    let shown = 0;
    const onProgress = (bytes: number, size: number): void => {
      const percent = Math.floor((bytes / Math.max(1, size)) * 100);
      progress.report({ increment: percent - shown, message: `${percent} %` });
      shown = percent;
    };
    try {
      return await file.repair(wishes, { signal: toSignal(token), onProgress });
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

interface KindItem extends QuickPickItem {
  readonly rule: string;
}

/** The rules whose findings are to be repaired. Undefined when dismissed. */
async function askKinds(
  name: string,
  { kinds, left }: RepairReport,
): Promise<readonly string[] | undefined> {
  const picked = await window.showQuickPick(kinds.map(toItem), {
    title: `Repair ${name}`,
    placeHolder: `The file as it is stays as ${name}.bak · with all of these, left: ${describeLeft(left)}`,
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked && picked.length > 0 ? picked.map(({ rule }) => rule) : undefined;
}

function toItem({ rule, count, line, title }: RepairKind): KindItem {
  const first = count === 1 ? 'line' : 'first in line';
  return {
    label: rule,
    description: countOf(count, 'repair'),
    detail: `${title} (${first} ${line + 1})`,
    picked: true,
    rule,
  };
}

async function tell({ name }: LargeFile, { kinds, left }: RepairReport): Promise<void> {
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  const words = `${name}: ${countOf(count, 'repair')}, left: ${describeLeft(left)}. As it was, it is kept as ${name}.bak.`;
  const showProblems = 'Show Problems';
  const choice = await window.showInformationMessage(words, showProblems);
  if (choice === showProblems) await commands.executeCommand('workbench.actions.view.problems');
}

function describeLeft(left: RepairReport['left']): string {
  return [...describeCounts(left)].map(([, words]) => words).join(', ') || noProblems;
}
