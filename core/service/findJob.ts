import { listJobs, submissionKey, type Job } from './jobs.ts';
import type { Submission } from './journal.ts';
import type { ServiceClient } from './serviceClient.ts';

/** A list may lag behind what it lists: it is looked at this often, with growing waits in between, in milliseconds. */
const waits = [0, 1000, 3000, 6000];
/** Far more than a resource holds or a person starts within an hour. */
const mostJobs = 300;

/** The job of a submission, if there is one. Its training file is its own; where there is metadata, that tells as well. */
export async function findJob(
  client: ServiceClient,
  { id, training }: Pick<Submission, 'id' | 'training'>,
): Promise<Job | undefined> {
  for (const wait of waits) {
    if (wait > 0) await client.clock.sleep(wait);
    for await (const job of listJobs(client, { most: mostJobs })) {
      if (job.metadata[submissionKey] === id) return job;
      if (training.fileId !== undefined && job.trainingFile === training.fileId) return job;
    }
  }
  return undefined;
}
