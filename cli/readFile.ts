import { open } from 'node:fs/promises';
import { describeSystemError, isSystemError } from './systemError.ts';

/** Bytes that are read at once. */
export const chunkLength = 1 << 20;

/** Gets each chunk of a file, which is valid until it returns, and the size of the file where that is known. */
export type ReadChunk = (chunk: Uint8Array, size: number | undefined) => void;

/** Why something cannot be read, in words without a full stop: `no such file`. */
export interface Unreadable {
  readonly reason: string;
}

/** Reads a file from its start to its end, through a buffer that the caller uses again. */
export async function readFile(
  path: string,
  buffer: Uint8Array,
  readChunk: ReadChunk,
): Promise<Unreadable | undefined> {
  return attempt(async () => {
    await using file = await open(path);
    const stats = await file.stat();
    const size = stats.isFile() ? stats.size : undefined;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return;
      readChunk(buffer.subarray(0, bytesRead), size);
    }
  });
}

/** Reads a stream, such as standard input, to its end. */
export async function readStream(
  stream: AsyncIterable<Uint8Array>,
  readChunk: ReadChunk,
): Promise<Unreadable | undefined> {
  return attempt(async () => {
    for await (const chunk of stream) readChunk(chunk, undefined);
  });
}

/** What the system refuses is a value; anything else is a fault of the program. */
async function attempt(read: () => Promise<void>): Promise<Unreadable | undefined> {
  try {
    await read();
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { reason: describeSystemError(error) };
  }
}
