import type { FileHandle } from 'node:fs/promises';
import { chunkLength } from './readFile.ts';

/** The bytes of a file from its start, wherever it was read to before; each chunk is valid until the next is asked for. */
export async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkLength);
  for (let at = 0; ;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}
