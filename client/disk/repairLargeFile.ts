import { commands, ProgressLocation, QuickPickItemKind, window } from 'vscode';
import { countOf, describeCounts, noProblems } from '../../core/finding/words.ts';
import type { Progress, RepairKind, RepairReport, RepairWishes } from '../../disk/protocol.ts';
import { toSignal } from '../abortSignal.ts';
import { showPercent } from '../showPercent.ts';
import { choiceOf, repairItems, type RepairItem } from '../repair/askRepairs.ts';
import { describeRepaired } from '../repair/repairWords.ts';
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
    const { groups = [], extras } = told.offer ?? {};
    if (told.kinds.length + groups.length + (extras?.size ?? 0) === 0) {
      void window.showInformationMessage(`There is nothing in ${name} that can be repaired.`);
      return;
    }
    const choice = await askKinds(name, told);
    if (!choice) return;
    refuseUnsaved(file.uri);
    const { stamp } = told;
    const done = await repair(file, `Repairing ${name}`, { kind: 'write', stamp, ...choice });
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
    const tell = showPercent(progress);
    const onProgress = ({ bytes, size, images = 0 }: Progress): void =>
      tell(bytes, size, images > 0 ? ` · ${countOf(images, 'image')} repaired` : '');
    try {
      return await file.repair(wishes, { signal: toSignal(token), onProgress });
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

interface KindItem extends RepairItem {
  readonly rule?: string;
}

type Choice = Pick<Extract<RepairWishes, { kind: 'write' }>, 'rules' | 'images'>;

/** The rules whose findings are to be repaired, and what is to be done to images. Undefined when dismissed. */
async function askKinds(name: string, report: RepairReport): Promise<Choice | undefined> {
  const picked = await window.showQuickPick<KindItem>(itemsOf(report), {
    title: `Repair ${name}`,
    placeHolder: describeOutlook(name, report),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) return undefined;
  const images = choiceOf(picked);
  return {
    rules: picked.flatMap(({ rule }) => rule ?? []),
    ...(images.words.size + images.extras.size > 0 && { images }),
  };
}

function itemsOf({ kinds, offer }: RepairReport): readonly KindItem[] {
  const heading = { label: 'images', kind: QuickPickItemKind.Separator };
  return [
    ...kinds.map(toItem),
    ...(offer && offer.groups.length > 0 ? [heading] : []),
    ...(offer ? repairItems(offer) : []),
  ];
}

/** What becomes of images is known when they are decoded. */
function describeOutlook(name: string, { kinds, left, offer }: RepairReport): string {
  const { groups = [], refused = 0 } = offer ?? {};
  const parts = [`The file as it is stays as ${name}.bak`];
  if (kinds.length > 0) {
    const all = groups.length > 0 ? 'without images' : 'with all of these';
    parts.push(`${all}, left: ${describeLeft(left)}`);
  }
  if (refused > 0) parts.push(`${countOf(refused, 'image')} cannot be repaired`);
  return parts.join(' · ');
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

async function tell({ name }: LargeFile, { kinds, left, images }: RepairReport): Promise<void> {
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0);
  const pictures = images ? ` ${describeRepaired(images)}` : '';
  const words = `${name}: ${countOf(count, 'repair')}, left: ${describeLeft(left)}.${pictures} As it was, it is kept as ${name}.bak.`;
  const showProblems = 'Show Problems';
  const choice = await window.showInformationMessage(words, showProblems);
  if (choice === showProblems) await commands.executeCommand('workbench.actions.view.problems');
}

function describeLeft(left: RepairReport['left']): string {
  return [...describeCounts(left)].map(([, words]) => words).join(', ') || noProblems;
}
