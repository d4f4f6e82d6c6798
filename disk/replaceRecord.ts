import { open, realpath, type FileHandle } from 'node:fs/promises';
import { NewFile } from '../cli/newFile.ts';
import { refuseChanged, refuseReplaced } from './fileStamp.ts';
import type { Replacement } from './protocol.ts';
import { Refusal } from './refusal.ts';

/** Bytes that are copied at once. */
const chunkLength = 1 << 20;

/**
 * Puts another line in the place of a record, in a new file that takes the name of the old one when it is whole and on the
 * disk. Rejects with a `Refusal` if the file is no longer the one that the record was read from; then nothing is written.
 */
export async function replaceRecord(
  path: string,
  { place, text }: Replacement,
  signal: AbortSignal,
): Promise<void> {
  if (/[\n\r]/.test(text)) throw new Refusal('the record goes over more than one line');
  const target = await realpath(path);
  await using file = await open(target);
  await refuseChanged(file, place.stamp);
  const draft = await NewFile.createInPlace(target, await file.stat());
  try {
    const copyTo = (start: number, end: number): Promise<void> =>
      copy(file, draft, { start, end, signal });
    await copyTo(0, place.offset);
    await draft.write(Buffer.from(text));
    await copyTo(place.offset + place.byteLength, place.stamp.size);
    await draft.settle();
    signal.throwIfAborted();
    await file.close();
    await refuseReplaced(target, place.stamp);
    await draft.commit();
  } finally {
    // Of a draft that has become the file there is nothing left to discard.
    await draft.discard();
  }
}

/** Of the file: bytes. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly signal: AbortSignal;
}

async function copy(from: FileHandle, to: NewFile, { start, end, signal }: Stretch): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkLength);
  for (let at = start; at < end;) {
    signal.throwIfAborted();
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, end - at), at);
    if (bytesRead === 0) throw new Refusal('it has become shorter meanwhile');
    await to.write(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
