import { isOver } from '../../core/service/jobs.ts';
import type { SubmissionResult } from '../../core/service/submission.ts';
import { makeVisible } from '../../core/text/quote.ts';
import type { Paint } from '../style.ts';
import type { Connection } from './connection.ts';
import { describeEndpoint } from './summary.ts';
import { describeStatus } from './watchJob.ts';

/** Which job came of a submission, and what may be wished to be seen of it next, unless that follows anyway. */
export function describeResult(
  { outcome, job }: SubmissionResult,
  { endpoint, flags }: Connection,
  { paint, isWatched }: { readonly paint: Paint; readonly isWatched: boolean },
): string {
  const id = makeVisible(job.id);
  const place = describeEndpoint(endpoint);
  const what =
    outcome === 'created'
      ? `was created at ${place}`
      : `is there already at ${place}, and ${describeStatus(job.status)}; --again starts another`;
  const [title, action] = isOver(job) ? ['Look at it:', 'show'] : ['Follow it:', 'watch'];
  const next = `${paint('dim', title)} vision-finetune jobs ${action} ${id}${flags}\n`;
  return `Job ${paint('bold', id)} ${what}\n${isWatched ? '' : next}`;
}
