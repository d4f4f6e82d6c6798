import { closeSync, openSync, readSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { CheckContext } from '../core/check/context.ts';
import type { FileReport } from '../core/check/fileSum.ts';
import { localDate } from '../core/check/localDate.ts';
import { looksLikeTraining } from '../core/check/looksLikeTraining.ts';
import { LearntImages } from '../core/image/learntImages.ts';
import { isBlank } from '../core/record/isBlank.ts';
import { decodeLine } from '../core/text/decodeLine.ts';
import { LineReader } from '../core/text/lineReader.ts';
import { chunkLength, withFile } from '../cli/readFile.ts';
import { checkFile } from '../parallel/checkFile.ts';
import type { KeptStretches } from '../parallel/keptStretches.ts';
import { Companions } from '../server/companions.ts';
import { Settings } from '../server/settings.ts';
import type { CheckWishes, Progress } from './protocol.ts';
import { Refusal } from './refusal.ts';

/** Bytes of the start of a file in which records are looked at to tell whether it is training data. */
const maxSampled = 64 << 20;

/** Records that are looked at for the same; core looks at no more. */
const maxSampledRecords = 20;

/** Findings that are kept to mark records and go from one to the next: some megabytes of them. */
const maxKept = 20_000;

export interface DiskCheck {
  readonly context: CheckContext;
  /** Undefined for a file that is not checked. */
  readonly report: FileReport | undefined;
}

export interface DiskCheckOptions {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Of the last check of the file. */
  readonly kept: KeptStretches;
}

/** Checks a file with what holds for it: the same settings, configuration file and companion as for one that is open. */
export async function checkDisk(
  path: string,
  { settings: given, learnt, isAskedFor }: CheckWishes,
  { onProgress, signal, kept }: DiskCheckOptions,
): Promise<DiskCheck> {
  const uri = pathToFileURL(path).href;
  // What is wrong with settings is logged by the server, which reads the same.
  const settings = new Settings(
    () => Promise.resolve(given),
    () => localDate(new Date()),
    () => undefined,
  );
  const { context: settled, checkFiles, validationFile } = await settings.of(uri);
  const isWanted =
    isAskedFor || checkFiles === 'all' || (checkFiles === 'training' && isTraining(path));
  if (!isWanted) return { context: settled, report: undefined };
  const companion = await new Companions().of(uri, settled, validationFile);
  const context = {
    ...settled,
    ...(learnt.length > 0 && { learnt: new LearntImages(new Map(learnt)) }),
    ...(companion && { companion }),
  };
  const report = await withFile(path, Buffer.allocUnsafe(chunkLength), (file) =>
    checkFile(file, context, {
      maxFindings: maxKept,
      onProgress: (bytes) => onProgress({ bytes, size: file.size ?? bytes }),
      signal,
      kept,
    }),
  );
  if ('reason' in report) throw new Refusal(report.reason);
  return { context, report };
}

function isTraining(path: string): boolean {
  return looksLikeTraining(firstRecords(path));
}

function* firstRecords(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const reader = new LineReader({ maxLineBytes: maxSampled });
    const buffer = Buffer.allocUnsafe(chunkLength);
    let records = 0;
    for (let read = 0; read < maxSampled && records < maxSampledRecords;) {
      const length = readSync(file, buffer, 0, buffer.length, read);
      read += length;
      for (const { bytes } of length > 0 ? reader.read(buffer.subarray(0, length)) : reader.end()) {
        if (!bytes || isBlank(bytes)) continue;
        yield decodeLine(bytes).text;
        records++;
      }
      if (length === 0) return;
    }
  } finally {
    closeSync(file);
  }
}
