import type { FileReport } from '../core/check/fileSum.ts';

/** Checks a file chunk by chunk. */
export interface ChunkChecker {
  /** Read so far. */
  readonly records: number;
  read(chunk: Uint8Array): void;
  finish(): FileReport;
}

/** Is told of a check, and tells it to end. */
export interface CheckWatcher {
  /** Bytes and records that are checked. */
  readonly onProgress?: (bytes: number, records: number) => void;
  /** The file is read; what follows takes a while, and nothing interrupts it. */
  readonly onRead?: () => void;
  readonly signal?: AbortSignal;
}

/** Checks a file in this thread. Rejects with the reason of `signal`. */
export async function checkInTurn(
  checker: ChunkChecker,
  chunks: AsyncIterable<Uint8Array>,
  { onProgress, onRead, signal }: CheckWatcher,
): Promise<FileReport> {
  let bytes = 0;
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    checker.read(chunk);
    bytes += chunk.length;
    onProgress?.(bytes, checker.records);
  }
  signal?.throwIfAborted();
  onRead?.();
  return checker.finish();
}
