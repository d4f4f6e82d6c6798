import type { CheckContext } from '../check/context.ts';
import { FileChecker, type FileReport } from '../check/fileChecker.ts';
import { FileStatistics } from '../check/fileStatistics.ts';
import { skipCandidates } from '../check/skipCandidates.ts';
import type { Statistics } from '../check/statistics.ts';
import { FileHasher, OpenedFile } from './openedFile.ts';
import type { CheckedFile } from './submission.ts';
import { uploadLimits } from './surfaces.ts';

/** What is known of a file before it is sent: all from one reading of the bytes that will be sent. */
export interface Preflight {
  readonly checked: CheckedFile;
  readonly report: FileReport;
  readonly statistics: Statistics;
}

export interface PreflightOptions {
  readonly context: CheckContext;
  /** To be filled with what the file holds, for the file that is compared with it. */
  readonly companion?: CheckContext['companion'] | undefined;
  /** Most findings that are listed. */
  readonly maxFindings?: number;
  readonly onProgress?: (readBytes: number, ofBytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a file and checks, counts and hashes it. It stays open in `checked.file`, for the submission; whoever asked
 * closes it. Throws the file system's error where it cannot be read.
 */
export async function preflight(path: string, options: PreflightOptions): Promise<Preflight> {
  const file = await OpenedFile.open(path);
  try {
    return await readAll(file, options);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** More are no help to anybody who looks for the examples that were left out. */
const mostCandidates = 100;

async function readAll(
  file: OpenedFile,
  { context, companion, maxFindings = 5000, onProgress, signal }: PreflightOptions,
): Promise<Preflight> {
  const reread = (offset: number, byteLength: number): Uint8Array =>
    file.readAt(offset, byteLength);
  const checker = new FileChecker(context, maxFindings, reread, companion);
  const counter = new FileStatistics(context, reread);
  const hasher = new FileHasher(uploadLimits.maxPartBytes.value);
  let readBytes = 0;
  for await (const chunk of file.read()) {
    signal?.throwIfAborted();
    checker.read(chunk);
    counter.read(chunk);
    hasher.update(chunk);
    readBytes += chunk.length;
    onProgress?.(readBytes, file.byteLength);
  }
  const report = checker.finish();
  await file.assertUnchanged();
  return {
    checked: {
      file,
      digest: hasher.digest(),
      records: report.records,
      candidates: skipCandidates(report.findings, mostCandidates),
    },
    report,
    statistics: counter.finish(),
  };
}
