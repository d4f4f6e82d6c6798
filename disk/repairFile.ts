import { lstat, open, realpath, type FileHandle } from 'node:fs/promises';
import type { CheckContext } from '../core/check/context.ts';
import { FileChecker } from '../core/check/fileChecker.ts';
import { FileRepairer, type LineFix } from '../core/check/fileRepairer.ts';
import { certainFix, type ChooseFix } from '../core/check/repair.ts';
import { NewFile } from '../cli/newFile.ts';
import { chunkLength } from '../cli/readFile.ts';
import { repairChunks } from '../cli/repairChunks.ts';
import { refuseChanged, refuseReplaced, stampOf } from './fileStamp.ts';
import { ImageRepairs, ImageSearch } from './imageRepairs.ts';
import type { FileStamp, Progress, RepairKind, RepairReport, RepairWishes } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { repairInTurn } from './repairInTurn.ts';

export interface RepairWatch {
  /** Given how far it has come; may throw to end it. */
  readonly onRepaired: (progress: Progress) => void;
  /** Ends it in the midst of an image, too. */
  readonly signal?: AbortSignal;
}

/**
 * Repairs a file into a new one that takes its name when it is whole and on the disk; the old one is kept as `.bak`. Rejects with
 * a `Refusal`, and leaves all as it was, if the file is not in the state that is told or changes meanwhile. A dry run writes nothing.
 */
export async function repairFile(
  path: string,
  context: CheckContext,
  wishes: RepairWishes,
  watch: RepairWatch,
): Promise<RepairReport> {
  const target = await realpath(path);
  await using file = await open(target);
  const stamp = await stampOf(file);
  const opened = { file, target, stamp };
  if (wishes.kind === 'dryRun') return await lookForRepairs(opened, context, watch);
  await refuseBackup(target);
  await refuseChanged(file, wishes.stamp);
  return await writeRepaired(opened, context, wishes, watch);
}

interface OpenedFile {
  readonly file: FileHandle;
  /** Its path, behind all symbolic links. */
  readonly target: string;
  readonly stamp: FileStamp;
}

async function lookForRepairs(
  { file, target, stamp }: OpenedFile,
  context: CheckContext,
  { onRepaired }: RepairWatch,
): Promise<RepairReport> {
  const images = new ImageSearch(context);
  const onRead = (bytes: number): void => onRepaired({ bytes, size: stamp.size });
  const report = await repair(file, context, certainFix, { onRead, images });
  await refuseChanged(file, stamp);
  const { offer } = images;
  const isSomething = report.kinds.length + offer.groups.length + offer.extras.size > 0;
  // Told now, and not after all of it was written.
  if (isSomething) await refuseBackup(target);
  return { ...report, stamp, offer };
}

async function writeRepaired(
  { file, target, stamp }: OpenedFile,
  context: CheckContext,
  { rules, images: choice }: Extract<RepairWishes, { kind: 'write' }>,
  { onRepaired, signal }: RepairWatch,
): Promise<RepairReport> {
  let bytes = 0;
  const tell = (count?: number): void => onRepaired({ bytes, size: stamp.size, images: count });
  using images = choice && new ImageRepairs(context, choice, { onImage: tell, signal });
  const onRead = (read: number): void => {
    bytes = read;
    tell(images?.repaired.count);
  };
  const draft = await NewFile.createInPlace(target, await file.stat());
  try {
    const report = await repair(file, context, certainFixOf(rules), { onRead, images, draft });
    await draft.settle();
    onRead(stamp.size);
    await file.close();
    await refuseReplaced(target, stamp);
    await draft.commit(backupOf(target));
    return { ...report, stamp, images: images?.repaired };
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
  /** After each chunk, with the bytes read so far. */
  readonly onRead: (bytes: number) => void;
  readonly images: ImageSearch | ImageRepairs | undefined;
  readonly draft?: NewFile;
}

async function repair(
  file: FileHandle,
  context: CheckContext,
  choose: ChooseFix,
  { onRead, images, draft }: Passage,
): Promise<Omit<RepairReport, 'stamp'>> {
  const kinds = new Map<string, RepairKind>();
  const records = new FileRepairer(context, choose, (fix) => count(kinds, fix));
  const buffer = Buffer.allocUnsafe(chunkLength);
  const left = await repairChunks({
    repairer: images ? repairInTurn(records, images.repairer) : records,
    checker: new FileChecker(context, 0),
    read: async () => {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      return buffer.subarray(0, bytesRead);
    },
    write: (piece) => draft?.write(piece),
    onRead,
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
