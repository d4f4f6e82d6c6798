import { open, type FileHandle } from 'node:fs/promises';
import type { FileStamp } from './protocol.ts';
import { Refusal } from './refusal.ts';

export const hasChanged = 'it has changed on disk meanwhile';

/** Rejects with a `Refusal` for what is no regular file. */
export async function stampOf(file: FileHandle): Promise<FileStamp> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new Refusal('it is not a file');
  const { size, mtimeMs, ino } = stats;
  return { size, mtimeMs, ino };
}

export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}

/** Rejects with a `Refusal` unless a file is in the state that is known. */
export async function refuseChanged(file: FileHandle, known: FileStamp): Promise<void> {
  if (!isSameStamp(await stampOf(file), known)) throw new Refusal(hasChanged);
}

/** The same by its name, which another file may have taken. Holds it open no longer: Windows gives the name of an open file to no other. */
export async function refuseReplaced(path: string, known: FileStamp): Promise<void> {
  await using file = await open(path);
  await refuseChanged(file, known);
}
