import { createHash, randomUUID } from 'node:crypto';
import type { SkipCandidate } from '../check/skipCandidates.ts';
import { findEqualJob, keepEarliest, nameAtService } from './equalJobs.ts';
import { isFileThere, uploadFile, waitUntilProcessed } from './files.ts';
import { findJob } from './findJob.ts';
import {
  isOpen,
  type Journal,
  type JobWishes,
  type SubmittedFile,
  type Submission,
} from './journal.ts';
import { createJob, getJob, type Job, type JobSpecification } from './jobs.ts';
import type { FileDigest, OpenedFile } from './openedFile.ts';
import type { ServiceClient } from './serviceClient.ts';
import { ServiceError } from './serviceError.ts';
import { beingSubmitted, jobGone, unknownOutcome } from './submissionErrors.ts';
import { surfaces } from './surfaces.ts';
import { uploadInParts, type UploadState } from './uploads.ts';

/** A file that has been checked and hashed through the handle that it will be sent through. */
export interface CheckedFile {
  readonly file: OpenedFile;
  readonly digest: FileDigest;
  readonly records: number;
  /** Examples that our check expects a service to leave out, the first of them. */
  readonly candidates?: readonly SkipCandidate[];
}

export interface SubmissionPlan {
  readonly training: CheckedFile;
  readonly validation?: CheckedFile;
  readonly wishes: JobWishes;
  /** Makes a new job although there is one, or may be one, of the same files and wishes. A person has said so. */
  readonly again?: boolean;
}

export interface SubmissionContext {
  readonly client: ServiceClient;
  readonly journal: Journal;
  readonly onProgress?: (progress: SubmissionProgress) => void;
  /** Stops before the job is created; what has been sent until then is kept and used again. */
  readonly signal?: AbortSignal;
}

export type SubmissionProgress =
  | {
      readonly step: 'uploading';
      readonly name: string;
      readonly sent: number;
      readonly of: number;
    }
  | { readonly step: 'processing'; readonly name: string; readonly status: string }
  | { readonly step: 'creating' }
  | { readonly step: 'looking-up' };

export interface SubmissionResult {
  readonly submission: Submission;
  /** `found`: the job was there already, from an earlier run, or from an equal submission elsewhere. */
  readonly outcome: 'created' | 'found';
  readonly jobId: string;
  /** As the service told it last. */
  readonly job: Job;
  /** Our own job, which was cancelled because another machine had created this one a moment before. */
  readonly withdrawnId?: string;
}

/** From this size on a file is sent in parts where the surface can: sent whole, larger ones were seen to fail. */
export const partsFrom = 150 * 1024 * 1024;

/** The same for the same bytes, sent to the same place with the same wishes. */
export function fingerprintOf(plan: SubmissionPlan, { endpoint }: ServiceClient): string {
  const what = [
    endpoint.base.href,
    endpoint.apiVersion ?? '',
    plan.training.digest.sha256,
    plan.validation?.digest.sha256 ?? '',
    JSON.stringify(Object.entries(plan.wishes).sort(([a], [b]) => (a < b ? -1 : 1))),
  ];
  return createHash('sha256').update(what.join('\n')).digest('hex').slice(0, 32);
}

/**
 * Uploads the files and creates the job, once. Run again after a crash, a cut or a cancellation, it goes on where it
 * stopped; where a job may have been created, it looks for it and creates none.
 */
export async function submit(
  plan: SubmissionPlan,
  context: SubmissionContext,
): Promise<SubmissionResult> {
  const fingerprint = fingerprintOf(plan, context.client);
  const lock = await context.journal.lock(fingerprint);
  if (!lock) {
    throw beingSubmitted(plan.training.file.name, await context.journal.holderOf(fingerprint));
  }
  try {
    const earlier = plan.again ? undefined : await context.journal.find(fingerprint);
    const run = new SubmissionRun(plan, context, earlier ?? begin(plan, context, fingerprint));
    return await run.finish();
  } finally {
    await lock.release();
  }
}

function begin(
  plan: SubmissionPlan,
  { client }: SubmissionContext,
  fingerprint: string,
): Submission {
  const now = client.clock.now();
  const { provider, surface, base, apiVersion } = client.endpoint;
  return {
    version: 1,
    id: randomUUID(),
    fingerprint,
    state: 'prepared',
    createdAt: now,
    changedAt: now,
    endpoint: {
      provider,
      surface,
      base: base.href,
      ...(apiVersion !== undefined && { apiVersion }),
    },
    training: describeFile(plan.training),
    ...(plan.validation && { validation: describeFile(plan.validation) }),
    wishes: plan.wishes,
    ...(plan.again && { isRepeat: true }),
  };
}

function describeFile({ file, digest, records, candidates }: CheckedFile): SubmittedFile {
  const { byteLength, sha256 } = digest;
  return { path: file.path, byteLength, sha256, records, ...(candidates && { candidates }) };
}

class SubmissionRun {
  readonly #plan: SubmissionPlan;
  readonly #context: SubmissionContext;
  #submission: Submission;

  constructor(plan: SubmissionPlan, context: SubmissionContext, submission: Submission) {
    this.#plan = plan;
    this.#context = context;
    this.#submission = submission;
  }

  async finish(): Promise<SubmissionResult> {
    const { state, jobId } = this.#submission;
    if (state === 'confirmed' && jobId !== undefined) return this.#askFor(jobId);
    // Whoever wrote this may have created the job, and did not live to see it.
    if (isOpen(this.#submission)) return this.#lookUp();
    for (const each of this.#files()) await each.file.assertUnchanged();
    const before = await this.#findEqual();
    if (before) return this.#confirm('found', before);
    await this.#note({ state: 'prepared' });
    await this.#upload('training', this.#plan.training);
    if (this.#plan.validation) await this.#upload('validation', this.#plan.validation);
    await this.#note({ state: 'uploaded' });
    // That may have taken hours, in which another machine came to the same point.
    const meanwhile = await this.#findEqual();
    if (meanwhile) return this.#confirm('found', meanwhile);
    return this.#giveWay(await this.#create());
  }

  async #findEqual(): Promise<Job | undefined> {
    const { fingerprint, isRepeat } = this.#submission;
    const { client, signal } = this.#context;
    return isRepeat ? undefined : findEqualJob(client, fingerprint, signal);
  }

  async #giveWay(result: SubmissionResult): Promise<SubmissionResult> {
    const { fingerprint, isRepeat } = this.#submission;
    if (isRepeat || result.outcome === 'found') return result;
    const { job, jobId: withdrawnId } = result;
    const kept = await keepEarliest(this.#context.client, fingerprint, job);
    return kept.id === job.id ? result : { ...(await this.#confirm('found', kept)), withdrawnId };
  }

  #files(): readonly CheckedFile[] {
    const { training, validation } = this.#plan;
    return validation ? [training, validation] : [training];
  }

  /** A job that was seen before may be gone since. */
  async #askFor(jobId: string): Promise<SubmissionResult> {
    try {
      const job = await getJob(this.#context.client, jobId, this.#context.signal);
      return { submission: this.#submission, outcome: 'found', jobId, job };
    } catch (error) {
      const isGone = error instanceof ServiceError && error.kind === 'not-found';
      throw isGone ? jobGone(this.#submission) : error;
    }
  }

  async #upload(role: 'training' | 'validation', checked: CheckedFile): Promise<void> {
    const { client, onProgress, signal } = this.#context;
    const { name } = checked.file;
    const earlier = this.#submission[role]?.fileId;
    // Whoever looks after the resource may have deleted it meanwhile.
    const isThere = earlier !== undefined && (await isFileThere(client, earlier, signal));
    const fileId = isThere ? earlier : await this.#send(role, checked);
    await this.#noteFile(role, { fileId });
    await waitUntilProcessed(client, fileId, {
      signal,
      onStatus: (status) => onProgress?.({ step: 'processing', name, status }),
    });
    await checked.file.assertUnchanged();
  }

  async #send(role: 'training' | 'validation', checked: CheckedFile): Promise<string> {
    const { client, onProgress, signal } = this.#context;
    const { file, digest } = checked;
    await file.assertUnchanged();
    const toSend = {
      file,
      digest,
      name: nameAtService(file.name, this.#submission),
      signal,
      onProgress: (sent: number) =>
        onProgress?.({ step: 'uploading', name: file.name, sent, of: digest.byteLength }),
    };
    const hasParts = surfaces[client.endpoint.surface].hasUploads.value;
    if (!hasParts || digest.byteLength < partsFrom) return (await uploadFile(client, toSend)).id;
    const state = this.#submission[role]?.upload;
    const onState = async (upload: UploadState): Promise<void> => this.#noteFile(role, { upload });
    return (await uploadInParts(client, { ...toSend, state, onState })).id;
  }

  /** The one request that costs money. It is noted before it is sent. */
  async #create(): Promise<SubmissionResult> {
    const { client, onProgress, signal } = this.#context;
    onProgress?.({ step: 'creating' });
    signal?.throwIfAborted();
    await this.#note({ state: 'sent' });
    try {
      return await this.#confirm('created', await createJob(client, this.#specification()));
    } catch (error) {
      const isUnknown = !(error instanceof ServiceError) || error.outcome === 'unknown';
      if (isUnknown) return this.#lookUp(error);
      // Nothing was created: the next run may begin here.
      await this.#note({ state: 'uploaded', problem: error.message });
      throw error;
    }
  }

  #specification(): JobSpecification {
    const { id, fingerprint, wishes, training, validation } = this.#submission;
    return {
      ...wishes,
      trainingFile: training.fileId ?? '',
      ...(validation?.fileId !== undefined && { validationFile: validation.fileId }),
      submissionId: id,
      fingerprint,
    };
  }

  /** Finds the job that may have been created; never creates one. */
  async #lookUp(cause?: unknown): Promise<SubmissionResult> {
    const { client, onProgress } = this.#context;
    onProgress?.({ step: 'looking-up' });
    const job = await this.#find(client, cause);
    if (!job) {
      const error = unknownOutcome(this.#submission, cause);
      await this.#note({ state: 'unknown', problem: error.message });
      throw error;
    }
    return this.#confirm('found', job);
  }

  async #find(client: ServiceClient, cause: unknown): Promise<Job | undefined> {
    try {
      return await findJob(client, this.#submission);
    } catch (error) {
      await this.#note({
        state: 'unknown',
        problem: unknownOutcome(this.#submission, cause).message,
      });
      throw error instanceof ServiceError ? unknownOutcome(this.#submission, error) : error;
    }
  }

  async #confirm(outcome: SubmissionResult['outcome'], job: Job): Promise<SubmissionResult> {
    await this.#note({ state: 'confirmed', jobId: job.id });
    return { submission: this.#submission, outcome, jobId: job.id, job };
  }

  async #note(change: Partial<Submission>): Promise<void> {
    const changedAt = this.#context.client.clock.now();
    this.#submission = { ...this.#submission, ...change, changedAt };
    await this.#context.journal.write(this.#submission);
  }

  async #noteFile(
    role: 'training' | 'validation',
    change: Pick<SubmittedFile, 'upload' | 'fileId'>,
  ): Promise<void> {
    const file = this.#submission[role];
    if (file) await this.#note({ [role]: { ...file, ...change } });
  }
}
