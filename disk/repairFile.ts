import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import type { CheckContext } from '../core/check/context.ts';
import { FileChecker } from '../core/check/fileChecker.ts';
import { FileRepairer, type LineFix } from '../core/check/fileRepairer.ts';
import { certainFix, type ChooseFix } from '../core/check/repair.ts';
import { NewFile } from '../cli/newFile.ts';
import { chunkLength } from '../cli/readFile.ts';
import { repairChunks } from '../cli/repairChunks.ts';
import { refuseChanged, refuseReplaced, stampOf } from './fileStamp.ts';
import type { RepairKind, RepairReport, RepairWishes } from './protocol.ts';
import { Refusal } from './refusal.ts';

/** Given how far it has come; may throw to end it. */
export type OnRepaired = (bytes: number, size: number) => void;

/**
 * Repairs a file into a new one that takes its name when it is whole and on the disk; the old one is kept as `.bak`. Rejects with
 * a `Refusal`, and leaves all as it was, if the file is not in the state that is told or changes meanwhile. A dry run writes nothing.
 */
export async function repairFile(
  path: string,
  context: CheckContext,
  wishes: RepairWishes,
  onRepaired: OnRepaired,
): Promise<RepairReport> {
  const target = await realpath(path);
  await using file = await open(target);
  const stamp = await stampOf(file);
  if (wishes.kind === 'dryRun') {
    const report = await repair(file, context, certainFix, { onRepaired, size: stamp.size });
    await refuseChanged(file, stamp);
    // Told now, and not after all of it was written.
    if (report.kinds.length > 0) await refuseBackup(target);
    return { ...report, stamp };
  }
  await refuseBackup(target);
  await refuseChanged(file, wishes.stamp);
  const draft = await NewFile.createInPlace(target, await file.stat());
  try {
    const choose = certainFixOf(wishes.rules);
    const report = await repair(file, context, choose, { onRepaired, size: stamp.size, draft });
    await draft.settle();
    onRepaired(stamp.size, stamp.size);
    await file.close();
    await refuseReplaced(target, stamp);
    await draft.commit(backupOf(target));
    return { ...report, stamp };
  } finally {
    // Of a draft that has become the file there is nothing left to discard.
    await draft.discard();
  }
}

/** The kinds of repairs that were chosen among. */
function certainFixOf(rules: readonly string[]): ChooseFix {
  return (finding) => (rules.includes(finding.rule) ? certainFix(finding) : undefined);
}

interface Passage {
  readonly size: number;
  readonly onRepaired: OnRepaired;
  readonly draft?: NewFile;
}

async function repair(
  file: FileHandle,
  context: CheckContext,
  choose: ChooseFix,
  { size, onRepaired, draft }: Passage,
): Promise<Omit<RepairReport, 'stamp'>> {
  const kinds = new Map<string, RepairKind>();
  const buffer = Buffer.allocUnsafe(chunkLength);
  const left = await repairChunks({
    repairer: new FileRepairer(context, choose, (fix) => count(kinds, fix)),
    checker: new FileChecker(context, 0),
    read: async () => {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      return buffer.subarray(0, bytesRead);
    },
    write: (piece) => draft?.write(piece),
    onRead: (bytes) => onRepaired(bytes, size),
  });
  if ('reason' in left) throw new Refusal(left.reason);
  const sorted = [...kinds.values()].sort((a, b) => b.count - a.count);
  return { kinds: sorted, left: left.counts };
}

function count(kinds: Map<string, RepairKind>, { rule, line, title }: LineFix): void {
  const known = kinds.get(rule) ?? { rule, count: 0, line, title };
  kinds.set(rule, { ...known, count: known.count + 1 });
}

function backupOf(path: string): string {
  return `${path}.bak`;
}

async function refuseBackup(path: string): Promise<void> {
  const there = await lstat(backupOf(path)).catch(() => undefined);
  if (there) throw new Refusal('a file of its name with .bak exists; move that away first');
}
