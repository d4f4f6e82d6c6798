/** A thread that checks stretches of one file, one after the other. */
import { readSync } from 'node:fs';
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { StretchChecker, type CheckedStretch } from '../core/check/stretchChecker.ts';
import { ChangeDigest } from './changeDigest.ts';
import { checkStretch } from './checkStretch.ts';
import type { FromThread, ThreadStart, ToThread } from './protocol.ts';

/** Bytes that are read at once: a stretch with its last line, so that none is put together from pieces, in nearly all files. */
const bufferLength = 1 << 22;

const { descriptor, context, digestKey } = workerData as ThreadStart;
const checker = new StretchChecker(context);
const buffer = Buffer.allocUnsafeSlow(bufferLength);

parentPort?.on('message', (stretch: ToThread) => {
  const answer = check(stretch);
  const memory = answer.kind === 'checked' ? memoryOf(answer.result.checked) : [];
  parentPort?.postMessage(answer, memory);
});

function check(stretch: ToThread): FromThread {
  try {
    const digest = digestKey && new ChangeDigest(digestKey);
    return { kind: 'checked', result: checkStretch(checker, stretch, read, buffer, digest) };
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    return {
      kind: 'refused',
      message: error.message,
      error: Object.fromEntries(Object.entries(error)),
    };
  }
}

function read(bytes: Uint8Array, length: number, position: number): number {
  return readSync(descriptor, bytes, 0, length, position);
}

/** Given away instead of copied. */
function memoryOf({ keys }: CheckedStretch): Transferable[] {
  return keys ? Object.values(keys).map(({ buffer }: { buffer: ArrayBuffer }) => buffer) : [];
}
