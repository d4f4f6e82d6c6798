import { readSync, type Stats } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Reread } from '../core/check/fileRepetitions.ts';
import { tellsBinary } from '../core/text/binary.ts';
import { isUtf16Instead, looksLikeUtf16 } from '../core/text/utf16.ts';
import { describeSystemError, isSystemError } from './systemError.ts';

/** Bytes of a buffer to read with, half of it at once. */
export const chunkLength = 1 << 21;

/** Why something cannot be read, in words without a full stop: `no such file`. */
export interface Unreadable {
  readonly reason: string;
}

/** A file that is open. */
export interface OpenedFile {
  /** In bytes; undefined for what has no size, such as a pipe. */
  readonly size: number | undefined;
  /** Each is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Undefined for what can be read only once. */
  readonly reread: Reread | undefined;
  /** The same. */
  readonly handle: FileHandle | undefined;
}

/** Gives a file to `use` while it is open, and what that gives back if the file stayed as it was. `buffer` holds its chunks, one after the other. */
export async function withFile<T>(
  path: string,
  buffer: Uint8Array,
  use: (file: OpenedFile) => Promise<T>,
): Promise<T | Unreadable> {
  return attempt(async () => {
    await using file = await open(path);
    const stats = await file.stat();
    const isRegular = stats.isFile();
    const given = await use({
      size: isRegular ? stats.size : undefined,
      chunks: readChunks(file, buffer),
      reread: isRegular ? (offset, length) => readAt(file.fd, offset, length) : undefined,
      handle: isRegular ? file : undefined,
    });
    // Of a file that was neither the one nor the other nothing is told.
    return isRegular && hasChanged(stats, await file.stat()) ? { reason: changedMeanwhile } : given;
  });
}

export const changedMeanwhile = 'has changed while it was read';

/** Whether a file is another one than before, or another file has its name, by size, time and number. */
export function hasChanged(before: Stats, after: Stats): boolean {
  const { size, mtimeMs, ino } = before;
  return after.size !== size || after.mtimeMs !== mtimeMs || after.ino !== ino;
}

/** While one half of the buffer is looked at, the other is filled. */
async function* readChunks(file: FileHandle, buffer: Uint8Array): AsyncGenerator<Uint8Array> {
  const half = Math.ceil(buffer.length / 2);
  const read = (start: number): Promise<Uint8Array> => {
    const reading = file
      .read(buffer, start, Math.min(half, buffer.length - start))
      .then(({ bytesRead }) => buffer.subarray(start, start + bytesRead));
    // Whoever waits for it hears of what goes wrong; nobody may, if no more is asked for.
    reading.catch(() => undefined);
    return reading;
  };
  let reading = read(0);
  try {
    for (;;) {
      const chunk = await reading;
      if (chunk.length === 0) return;
      reading = read(chunk.byteOffset === buffer.byteOffset ? half : 0);
      yield chunk;
    }
  } finally {
    await reading.catch(() => undefined);
  }
}

/** Fewer bytes than asked for where the file ends before. */
function readAt(file: number, offset: number, byteLength: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(byteLength);
  let length = 0;
  while (length < byteLength) {
    const read = readSync(file, bytes, length, byteLength - length, offset + length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** Gives a stream, such as standard input, to `use` as a file that can be read once. */
export async function withStream<T>(
  stream: AsyncIterable<Uint8Array>,
  use: (file: OpenedFile) => Promise<T>,
): Promise<T | Unreadable> {
  return attempt(() =>
    use({ size: undefined, chunks: stream, reread: undefined, handle: undefined }),
  );
}

/** Why a file that begins with a chunk holds no records to work with; undefined where it may. */
export function tellsNoText(chunk: Uint8Array): string | undefined {
  if (looksLikeUtf16(chunk)) return isUtf16Instead;
  return tellsBinary(chunk) ? 'is no text in UTF-8, there is a NUL in it' : undefined;
}

/** What the system refuses is a value; anything else is a fault of the program. */
async function attempt<T>(read: () => Promise<T>): Promise<T | Unreadable> {
  try {
    return await read();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { reason: describeSystemError(error) };
  }
}
