import { isJobOf } from './findJob.ts';
import type { Job } from './jobs.ts';
import { isOpen, type Journal } from './journal.ts';
import type { ServiceClient } from './serviceClient.ts';

/** Notes the jobs of submissions of which it was not known whether they have one, once a list shows them. */
export async function settle(
  journal: Journal,
  { endpoint, clock }: Pick<ServiceClient, 'endpoint' | 'clock'>,
  jobs: readonly Job[],
): Promise<void> {
  for (const submission of await journal.list()) {
    if (!isOpen(submission) || submission.endpoint.base !== endpoint.base.href) continue;
    const job = jobs.find((each) => isJobOf(each, submission));
    // Whoever is at it notes it without us.
    const lock = job && (await journal.lock(submission.fingerprint));
    if (!lock) continue;
    try {
      const changedAt = clock.now();
      await journal.write({ ...submission, state: 'confirmed', jobId: job.id, changedAt });
    } finally {
      await lock.release();
    }
  }
}
