import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EncodingReader } from '../core/check/encodingReader.ts';
import type { FileEncoding } from '../core/dataset/encoding.ts';

/** What a file on disk tells that an editor takes away from its text. */
export interface SavedBytes {
  readonly encoding: FileEncoding;
  /** Of a text with another number of lines they tell nothing; undefined where that cannot be told. */
  readonly lineCount: number | undefined;
}

/** Whether there is anything to tell. */
export function isTelling({ encoding }: SavedBytes): boolean {
  const { isUtf16 = false, hasByteOrderMark, loneReturns, invalidBytes } = encoding;
  return isUtf16 || hasByteOrderMark || loneReturns > 0 || invalidBytes.length > 0;
}

/** Bytes that are read at once: other messages are served in between. */
const chunkLength = 1 << 20;

/** Reads the bytes of a document. Undefined for one that is not in the local file system, or cannot be read there. */
export async function readSavedBytes(uri: string): Promise<SavedBytes | undefined> {
  const reader = new EncodingReader();
  try {
    const chunks: AsyncIterable<Buffer> = createReadStream(fileURLToPath(uri), {
      highWaterMark: chunkLength,
    });
    for await (const chunk of chunks) reader.read(chunk);
  } catch {
    return undefined;
  }
  return { encoding: reader.finish(), lineCount: reader.lineCount };
}
