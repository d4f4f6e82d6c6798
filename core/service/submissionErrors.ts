import { basename } from 'node:path';
import { makeVisible } from '../text/quote.ts';
import type { LockHolder } from './fileLock.ts';
import type { Submission } from './journal.ts';
import { ServiceError } from './serviceError.ts';

/** Another window or process is at it. One on another machine that was switched off holds its lock for ever. */
export function beingSubmitted(name: string, { pid, host, path }: LockHolder): ServiceError {
  const where = host === undefined ? '' : ` on ${makeVisible(host)}`;
  const who = pid === undefined ? 'another window or process' : `process ${pid}${where}`;
  return new ServiceError(
    'being-submitted',
    `${name} is being submitted by ${who}. Wait for it to end; if there is no such process, delete ${path}.`,
    { outcome: 'not-sent' },
  );
}

/** The job was there once. To make another is for a person to decide: this one may have been paid for. */
export function jobGone({ training, jobId = '', endpoint }: Submission): ServiceError {
  const { host } = new URL(endpoint.base);
  return new ServiceError(
    'job-gone',
    `${basename(training.path)} was submitted before, but its job ${makeVisible(jobId)} is no longer at ${host}: it was deleted, or the service was started anew. Submit it again as another job (--again).`,
    { outcome: 'refused' },
  );
}

/** Neither success nor failure, and said so: a second job costs as much as the first. */
export function unknownOutcome({ training }: Submission, cause: unknown): ServiceError {
  const why = cause instanceof ServiceError ? ` ${cause.message}` : '';
  return new ServiceError(
    'unknown-outcome',
    `Whether the job for ${basename(training.path)} was created is not known; no second one was.${why} Submit again to look for it once more; nothing is sent twice.`,
    { outcome: 'unknown' },
  );
}
