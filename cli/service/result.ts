import { isOver } from '../../core/service/jobs.ts';
import type { SubmissionResult } from '../../core/service/submission.ts';
import { makeVisible } from '../../core/text/quote.ts';
import type { Paint } from '../style.ts';
import type { Connection } from './connection.ts';
import { describeEndpoint } from './summary.ts';
import { describeStatus } from './watchJob.ts';

type Outcome = Pick<SubmissionResult, 'outcome' | 'job' | 'withdrawnId'>;

/** Which job came of a submission, and what may be wished to be seen of it next, unless that follows anyway. */
export function describeResult(
  result: Outcome,
  { endpoint, flags }: Pick<Connection, 'endpoint' | 'flags'>,
  { paint, isWatched }: { readonly paint: Paint; readonly isWatched: boolean },
): string {
  const { job } = result;
  const id = makeVisible(job.id);
  const what = describeOutcome(result, describeEndpoint(endpoint));
  const [title, action] = isOver(job) ? ['Look at it:', 'show'] : ['Follow it:', 'watch'];
  const next = `${paint('dim', title)} vision-finetune jobs ${action} ${id}${flags}\n`;
  return `Job ${paint('bold', id)} ${what}\n${isWatched ? '' : next}`;
}

function describeOutcome({ outcome, job, withdrawnId }: Outcome, place: string): string {
  if (withdrawnId !== undefined) {
    const own = makeVisible(withdrawnId);
    return `was created at ${place} by another machine in the same moment, so ${own}, which was created here, is cancelled`;
  }
  return outcome === 'created'
    ? `was created at ${place}`
    : `is there already at ${place}, and ${describeStatus(job.status)}; --again starts another`;
}
