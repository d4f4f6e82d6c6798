import { basename, extname } from 'node:path';
import { listFiles } from './files.ts';
import { cannotList, mostJobs } from './findJob.ts';
import { actOnJob, fingerprintKey, getJob, isOver, listJobs, type Job } from './jobs.ts';
import type { Submission } from './journal.ts';
import type { ServiceClient } from './serviceClient.ts';
import { ServiceError } from './serviceError.ts';
import { surfaces } from './surfaces.ts';

/** How a file of a submission is called at the service: like no other, and so that equal submissions are known by it. */
export function nameAtService(
  path: string,
  { id, fingerprint }: Pick<Submission, 'id' | 'fingerprint'>,
): string {
  // By code points, so that none is cut in two.
  const stem = Array.from(basename(path, extname(path)))
    .slice(0, stemLength)
    .join('');
  return `${stem}-${shortened(fingerprint)}-${id.slice(0, 8)}.jsonl`;
}

/** Code points: with what is added at most 228 bytes, for a name of a file has 255 almost everywhere. */
const stemLength = 50;

/** 48 bits, so that no two of all that a resource ever holds are the same by chance. */
function shortened(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}

/**
 * The newest job of the same files and wishes, from whichever machine, of those that were not cancelled if there are any. It
 * is looked for where nothing is known of one here, as after a crash of a build agent. Undefined also where listing is not
 * permitted.
 */
export async function findEqualJob(
  client: ServiceClient,
  fingerprint: string,
  signal?: AbortSignal,
): Promise<Job | undefined> {
  const jobs = await equalJobs(client, fingerprint, signal);
  return jobs.find(({ status }) => status !== 'cancelled') ?? jobs[0];
}

/** How long after a job was created equal ones are looked for, in milliseconds: services tell times in whole seconds. */
const twinWait = 1500;

/**
 * Cancels a job that has just been created where another machine has created an equal one within the same second, and gives
 * the one that stays: the first. Each machine comes to the same, since it looks when all of that second are there. In doubt
 * it stays.
 */
export async function keepEarliest(
  client: ServiceClient,
  fingerprint: string,
  created: Job,
): Promise<Job> {
  try {
    await client.clock.sleep(twinWait);
    const earlier = earliestBefore(created, await equalJobs(client, fingerprint));
    // A list may lag behind: the job that is to stay is asked for itself.
    const kept = earlier && (await getJob(client, earlier.id));
    if (!kept || isOver(kept)) return created;
    return (await cancelJob(client, created.id)) ? kept : created;
  } catch (error) {
    // The job is there, whatever a look at others comes to.
    if (error instanceof ServiceError) return created;
    throw error;
  }
}

/** Cancels a job, and tells whether it is: an answer may be lost, and the next refuse what is done already. */
async function cancelJob(client: ServiceClient, id: string): Promise<boolean> {
  try {
    await actOnJob(client, id, 'cancel');
    return true;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return (await getJob(client, id)).status === 'cancelled';
  }
}

/**
 * The first of the jobs that run, unless that is our own. All machines have to see the same order, or each would cancel its
 * own: so our own counts as the list tells it too, and none without a time does.
 */
function earliestBefore({ id }: Job, jobs: readonly Job[]): Job | undefined {
  const running = jobs.filter((job) => !isOver(job));
  const own = running.find((job) => job.id === id);
  const earliest = own && running.reduce((a, b) => (isEarlier(b, a) ? b : a), own);
  return earliest === own ? undefined : earliest;
}

function isEarlier(a: Job, b: Job): boolean {
  if (a.createdAt === undefined || b.createdAt === undefined) return false;
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}

/** The newest first. */
async function equalJobs(
  client: ServiceClient,
  fingerprint: string,
  signal?: AbortSignal,
): Promise<readonly Job[]> {
  const equal: Job[] = [];
  try {
    const isEqual = await equality(client, fingerprint, signal);
    const options = { most: mostJobs, ...(signal && { signal }) };
    for await (const job of listJobs(client, options)) if (isEqual(job)) equal.push(job);
  } catch (error) {
    if (!(error instanceof ServiceError) || !cannotList.has(error.kind)) throw error;
  }
  return equal;
}

/** By the metadata of a job or, where jobs have none, by the name of its training file, as long as that is there. */
async function equality(
  client: ServiceClient,
  fingerprint: string,
  signal: AbortSignal | undefined,
): Promise<(job: Job) => boolean> {
  if (surfaces[client.endpoint.surface].hasMetadata.value) {
    return ({ metadata }) => metadata[fingerprintKey] === fingerprint;
  }
  const ending = new RegExp(`-${shortened(fingerprint)}-[0-9a-f]{8}\\.jsonl$`);
  const named = (await listFiles(client, signal)).filter(({ name }) => ending.test(name));
  const ids = new Set(named.map(({ id }) => id));
  return ({ trainingFile }) => trainingFile !== undefined && ids.has(trainingFile);
}
