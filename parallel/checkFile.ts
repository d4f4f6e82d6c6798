import type { FileHandle } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { CheckContext } from '../core/check/context.ts';
import { canBeQuick, FileChecker } from '../core/check/fileChecker.ts';
import type { Reread } from '../core/check/fileRepetitions.ts';
import { FileSum, type FileReport } from '../core/check/fileSum.ts';
import { RereadRepetitions } from '../core/check/rereadRepetitions.ts';
import type { Companion } from '../core/dataset/companion.ts';
import { looksLikeUtf16 } from '../core/text/utf16.ts';
import { addUpStretches } from './addUpStretches.ts';
import { digestStretches } from './changeDigest.ts';
import { checkInTurn, type CheckWatcher } from './checkInTurn.ts';
import { CheckThreads } from './checkThreads.ts';
import type { KeptStretches } from './keptStretches.ts';
import { cutIntoStretches, type ReadAt } from './stretches.ts';

/** A file of records, open for reading. */
export interface CheckableFile {
  /** In bytes; undefined for what has no size, such as a pipe. */
  readonly size: number | undefined;
  /** Each is valid until the next one is asked for. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Undefined for what can be read only once, as `handle`. */
  readonly reread: Reread | undefined;
  readonly handle: FileHandle | undefined;
}

export interface FileCheckOptions extends CheckWatcher {
  /** Findings that are listed; all are counted. */
  readonly maxFindings: number;
  /** Filled with what another file will be compared with. */
  readonly companion?: Companion | undefined;
  /** What the last check of the file has left, so that what is before the first change is not checked again; filled with what this one leaves. */
  readonly kept?: KeptStretches;
  readonly threading?: Partial<Threading>;
}

/** How a check is spread over threads. */
export interface Threading {
  readonly threads: number;
  /** Bytes of a file that is worth starting them. */
  readonly minBytes: number;
  /** Bytes that a thread checks at a time. */
  readonly stretchLength: number;
}

const mebibyte = 1 << 20;

const defaultThreading: Threading = {
  // Past these, adding up is what takes its time.
  threads: Math.min(availableParallelism(), 8),
  minBytes: 32 * mebibyte,
  stretchLength: 2 * mebibyte,
};

/** Stretches for each thread that are handed out or wait to be added up: one is always there to go on with. */
const windowOfThread = 4;

/** Checks a file, a large one in several threads: with the same report. Rejects with the reason of `signal`. */
export async function checkFile(
  file: CheckableFile,
  context: CheckContext,
  options: FileCheckOptions,
): Promise<FileReport> {
  const threading = { ...defaultThreading, ...options.threading };
  const { size = 0, handle, reread } = file;
  const isWorthIt =
    // A file that is checked again and again is kept in stretches, also where there is one core.
    (threading.threads > 1 || options.kept) &&
    size >= threading.minBytes &&
    !options.companion &&
    canBeQuick(context);
  if (!isWorthIt || !handle || !reread || (await isUtf16(handle))) {
    const { maxFindings, companion, kept } = options;
    kept?.clear();
    const checker = new FileChecker(context, maxFindings, reread, companion);
    return checkInTurn(checker, file.chunks, options);
  }
  const sum = new FileSum(context, options.maxFindings, new RereadRepetitions(reread, size));
  return checkInThreads({ handle, size }, sum, context, { ...options, threading });
}

async function isUtf16(handle: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(4);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  return looksLikeUtf16(head.subarray(0, bytesRead));
}

interface InThreads extends FileCheckOptions {
  readonly threading: Threading;
}

async function checkInThreads(
  { handle, size }: { readonly handle: FileHandle; readonly size: number },
  sum: FileSum,
  context: CheckContext,
  { threading, kept, maxFindings, ...watcher }: InThreads,
): Promise<FileReport> {
  const { signal } = watcher;
  signal?.throwIfAborted();
  const count = Math.min(threading.threads, Math.ceil(size / threading.stretchLength));
  const start = { descriptor: handle.fd, context, digestKey: kept?.digestKey };
  await using threads = new CheckThreads(count, start);
  const read: ReadAt = async (buffer, position) => {
    signal?.throwIfAborted();
    return (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
  };
  const adding = addUpStretches(cutIntoStretches(read, size, threading.stretchLength), sum, {
    check: (stretch) => threads.check(stretch),
    window: windowOfThread * count,
    watcher,
    memory: kept?.begin({ context, maxFindings }, digestStretches(read, kept.digestKey)),
  });
  return await (signal ? unlessAborted(adding, signal) : adding);
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
