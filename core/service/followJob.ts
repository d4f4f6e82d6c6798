import {
  getJob,
  isOver,
  listCheckpoints,
  listEvents,
  type Checkpoint,
  type Job,
  type JobEvent,
} from './jobs.ts';
import type { ServiceClient } from './serviceClient.ts';
import { ServiceError } from './serviceError.ts';

/** What a look at a job has found. */
export interface JobUpdate {
  readonly job: Job;
  /** Those that came since the last update, the oldest first. */
  readonly events: readonly JobEvent[];
  readonly checkpoints: readonly Checkpoint[];
  /** The service could not be asked, in words; what stands above is what it said last. */
  readonly problem?: string;
}

/** Between two looks, in milliseconds: short after something has happened, longer the longer nothing does. */
const shortestWait = 2000;
const longestWait = 30_000;
/** After the service could not be asked. */
const waitAfterProblem = 60_000;

/**
 * Follows a job to its end. Yields where anything has changed, and at last the job as it ended. What passes by itself is
 * told and waited for; a key that is not accepted any more, or a job that is gone, is thrown.
 */
export async function* followJob(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<JobUpdate, void, undefined> {
  const known = new Set<string>();
  let last: JobUpdate | undefined;
  for (let wait = shortestWait; ;) {
    const update = await look(client, id, known, last, signal);
    for (const event of update.events) known.add(event.id);
    const hasChanged = isNews(update, last);
    if (hasChanged) yield update;
    if (isOver(update.job) && update.problem === undefined) return;
    last = update;
    wait = hasChanged ? shortestWait : Math.min(wait * 1.5, longestWait);
    const isTroubled = update.problem !== undefined;
    await client.clock.sleep(isTroubled ? waitAfterProblem : wait, signal);
  }
}

async function look(
  client: ServiceClient,
  id: string,
  known: ReadonlySet<string>,
  last: JobUpdate | undefined,
  signal: AbortSignal | undefined,
): Promise<JobUpdate> {
  try {
    const job = await getJob(client, id, signal);
    const events = await listEvents(client, id, known, signal);
    const hasCheckpoints = job.status === 'running' || isOver(job);
    const checkpoints = hasCheckpoints ? await listCheckpoints(client, id, signal) : [];
    return { job, events, checkpoints };
  } catch (error) {
    signal?.throwIfAborted();
    // The first look tells whether there is such a job; later ones may fail for a while.
    if (!last || !(error instanceof ServiceError) || error.outcome === 'refused') throw error;
    return { ...last, events: [], problem: error.message };
  }
}

function isNews(update: JobUpdate, last: JobUpdate | undefined): boolean {
  if (!last || update.events.length > 0 || update.problem !== last.problem) return true;
  const { job, checkpoints } = update;
  return (
    job.status !== last.job.status ||
    job.trainedTokens !== last.job.trainedTokens ||
    checkpoints.length !== last.checkpoints.length
  );
}
