import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type {
  Extra,
  RepairChoice,
  RepairOffer,
  RepairOptionsOffered,
} from '../../core/image/repairOffer.ts';
import { describeOffer, extraWords } from './repairWords.ts';

export interface RepairItem extends QuickPickItem {
  readonly words?: string;
  readonly extra?: Extra;
}

/** Tells what is to be done, by kinds, and lets a person choose among them. Undefined when dismissed. */
export async function askRepairs(offer: RepairOffer<unknown>): Promise<RepairChoice | undefined> {
  const picked = await window.showQuickPick(repairItems(offer), {
    title: 'Repair Images',
    placeHolder: describeOffer(offer),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked && picked.length > 0 ? choiceOf(picked) : undefined;
}

/** What can be chosen: what is needed is, to begin with. */
export function repairItems(offer: RepairOptionsOffered): RepairItem[] {
  const items: RepairItem[] = offer.groups.map(({ words, count, byteLength }) => ({
    label: words,
    description: `${countOf(count, 'image')}, ${formatBytes(byteLength)}`,
    picked: true,
    words,
  }));
  if (offer.extras.size > 0) {
    items.push({ label: 'if you wish', kind: QuickPickItemKind.Separator });
  }
  for (const [extra, count] of offer.extras) {
    items.push({ label: extraWords[extra], description: countOf(count, 'image'), extra });
  }
  return items;
}

export function choiceOf(picked: readonly RepairItem[]): RepairChoice {
  return {
    words: new Set(picked.flatMap(({ words }) => words ?? [])),
    extras: new Set(picked.flatMap(({ extra }) => extra ?? [])),
  };
}
