import { QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type { Extra, RepairChoice, RepairOffer } from './plannedRepairs.ts';
import { describeOffer, extraWords } from './repairWords.ts';

interface RepairItem extends QuickPickItem {
  readonly words?: string;
  readonly extra?: Extra;
}

/** Tells what is to be done, by kinds, and lets a person choose among them. Undefined when dismissed. */
export async function askRepairs(offer: RepairOffer): Promise<RepairChoice | undefined> {
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
  const picked = await window.showQuickPick(items, {
    title: 'Repair Images',
    placeHolder: describeOffer(offer),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) return undefined;
  return {
    words: new Set(picked.flatMap(({ words }) => words ?? [])),
    extras: new Set(picked.flatMap(({ extra }) => extra ?? [])),
  };
}
