import type { Submission } from './journal.ts';
import { listJobs, submissionKey, type Job } from './jobs.ts';
import type { ServiceClient } from './serviceClient.ts';
import type { ErrorKind } from './serviceError.ts';

/** A list may lag behind what it lists: it is looked at this often, with growing waits in between, in milliseconds. */
const waits = [0, 1000, 3000, 6000];
/** Far more than a resource holds or a person starts within an hour. */
export const mostJobs = 300;

/** The job of a submission, if there is one. Its training file is its own; where there is metadata, that tells as well. */
export async function findJob(
  client: ServiceClient,
  submission: Pick<Submission, 'id' | 'training'>,
): Promise<Job | undefined> {
  for (const wait of waits) {
    if (wait > 0) await client.clock.sleep(wait);
    for await (const job of listJobs(client, { most: mostJobs })) {
      if (isJobOf(job, submission)) return job;
    }
  }
  return undefined;
}

/** Whether a service's job came of a submission, whoever saw it come. */
export function isJobOf(job: Job, { id, training }: Pick<Submission, 'id' | 'training'>): boolean {
  if (job.metadata[submissionKey] === id) return true;
  return training.fileId !== undefined && job.trainingFile === training.fileId;
}

/**
 * The submission whose job it is; undefined for a job that was started elsewhere, or that gave way to the one which another
 * machine had created before.
 */
export function submissionOf(
  job: Job,
  { endpoint }: Pick<ServiceClient, 'endpoint'>,
  submissions: readonly Submission[],
): Submission | undefined {
  return submissions.find(
    (each) =>
      new URL(each.endpoint.base).origin === endpoint.base.origin &&
      (each.jobId === undefined ? isJobOf(job, each) : each.jobId === job.id),
  );
}

/** Of a key that may send files and create jobs, but not see those that there are. */
export const cannotList: ReadonlySet<ErrorKind> = new Set(['forbidden', 'not-found', 'refused']);
