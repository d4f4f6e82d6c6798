import { closeSync, openSync, readSync } from 'node:fs';

export type Chunks = Iterable<Buffer>;

const chunkLength = 1 << 20;

/** The bytes of a file, a megabyte at a time, in one buffer. */
export function* fileChunks(path: string): Generator<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkLength);
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(file, buffer);
      if (length === 0) return;
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** Reads pieces of a file once more. */
export function openReread(path: string): {
  readonly reread: (offset: number, byteLength: number) => Buffer;
  readonly close: () => void;
} {
  const file = openSync(path, 'r');
  return {
    reread: (offset, byteLength) => {
      const bytes = Buffer.allocUnsafe(byteLength);
      return bytes.subarray(0, readSync(file, bytes, 0, byteLength, offset));
    },
    close: () => closeSync(file),
  };
}
