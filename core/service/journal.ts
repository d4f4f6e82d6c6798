import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SkipCandidate } from '../check/skipCandidates.ts';
import type { Provider } from '../profile/profile.ts';
import { writeDurably } from './durableFile.ts';
import type { Surface } from './endpoint.ts';
import type { JobSpecification } from './jobs.ts';
import { FileLock, type LockHolder } from './fileLock.ts';
import type { UploadState } from './uploads.ts';
import { fieldsOf, textOf } from './wire.ts';

/**
 * Where a submission stands. `sent` is written before the request that creates the job: whoever finds it there does not
 * know whether there is a job, and looks. `unknown`: the answer was lost, and looking has not found one.
 */
export type SubmissionState = 'prepared' | 'uploaded' | 'sent' | 'unknown' | 'confirmed';

/** One submission, as it is kept on disk. It holds no secret. Times are in milliseconds since the epoch. */
export interface Submission {
  readonly version: 1;
  /** Unique, and the same in the job's metadata. */
  readonly id: string;
  /** The same for the same files, sent to the same place with the same wishes. */
  readonly fingerprint: string;
  readonly state: SubmissionState;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly endpoint: SubmittedEndpoint;
  readonly training: SubmittedFile;
  readonly validation?: SubmittedFile;
  readonly wishes: JobWishes;
  /** Of one that a person wants beside an equal one. */
  readonly isRepeat?: boolean;
  readonly jobId?: string;
  /** What went wrong last, in words. */
  readonly problem?: string;
}

export interface SubmittedEndpoint {
  readonly provider: Provider;
  readonly surface: Surface;
  readonly base: string;
  readonly apiVersion?: string;
}

export interface SubmittedFile {
  readonly path: string;
  readonly byteLength: number;
  readonly sha256: string;
  readonly records: number;
  /** Examples that our check expected the service to leave out; absent in what an earlier version wrote. */
  readonly candidates?: readonly SkipCandidate[];
  /** Of a file that is being sent in parts. */
  readonly upload?: UploadState;
  /** At the service, once it is there. */
  readonly fileId?: string;
}

/** What a person chose of a job, apart from its files. */
export type JobWishes = Omit<
  JobSpecification,
  'trainingFile' | 'validationFile' | 'submissionId' | 'fingerprint'
>;

/** Whether it may have a job of which nobody here knows. */
export function isOpen({ state }: Pick<Submission, 'state'>): boolean {
  return state === 'sent' || state === 'unknown';
}

/** The submissions of a user, a file each, in a folder that all windows and the command line share. */
export class Journal {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes a submission; when this returns, no crash can lose it. */
  async write(submission: Submission): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeDurably(this.#pathOf(submission.id), `${JSON.stringify(submission, null, 2)}\n`);
  }

  /** All submissions, the newest first. A file that cannot be read as one is left alone. */
  async list(): Promise<readonly Submission[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const files = names.filter((name) => name.endsWith(extension));
    const read = await Promise.all(
      files.map(async (name) => readSubmission(join(this.#folder, name))),
    );
    return read
      .filter((submission) => submission !== undefined)
      .sort((a, b) => b.createdAt - a.createdAt);
  }

  /** The newest submission of the same files to the same place with the same wishes. */
  async find(fingerprint: string): Promise<Submission | undefined> {
    return (await this.list()).find((submission) => submission.fingerprint === fingerprint);
  }

  /** Keeps other windows and processes from the same submission; undefined while one of them has it. */
  async lock(fingerprint: string): Promise<FileLock | undefined> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return FileLock.take(this.#lockOf(fingerprint));
  }

  async holderOf(fingerprint: string): Promise<LockHolder> {
    return FileLock.holderOf(this.#lockOf(fingerprint));
  }

  #lockOf(fingerprint: string): string {
    return join(this.#folder, `${fingerprint}.lock`);
  }

  #pathOf(id: string): string {
    return join(this.#folder, `${id}${extension}`);
  }
}

const extension = '.submission.json';

async function readSubmission(path: string): Promise<Submission | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isSubmission(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Files are written whole or not at all; this keeps out those of another version, or of somebody else. */
function isSubmission(value: unknown): value is Submission {
  const { version, id, fingerprint, state, training, endpoint } = fieldsOf(value);
  const texts = [id, fingerprint, state, fieldsOf(training)['sha256'], fieldsOf(endpoint)['base']];
  return version === 1 && texts.every((text) => textOf(text) !== undefined);
}
