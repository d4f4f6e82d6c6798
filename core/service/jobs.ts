import type { ServiceClient } from './serviceClient.ts';
import { jsonBody } from './serviceClient.ts';
import { ServiceError } from './serviceError.ts';
import { surfaces, type TrainingTier } from './surfaces.ts';
import { defined, fieldsOf, listOf, numberOf, textOf, timeOf, type Defined } from './wire.ts';

/** A fine-tuning job as a service tells it. Times are in milliseconds since the epoch. */
export type Job = Defined<{
  readonly id: string;
  readonly model: string;
  /** `validating_files`, `queued`, `running`, `paused`, `succeeded`, `failed`, `cancelled`; at Azure also `created`, `pending`. */
  readonly status: string;
  readonly createdAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly estimatedFinish: number | undefined;
  readonly fineTunedModel: string | undefined;
  readonly trainingFile: string | undefined;
  readonly validationFile: string | undefined;
  readonly trainedTokens: number | undefined;
  readonly resultFiles: readonly string[];
  readonly error: JobError | undefined;
  readonly epochs: number | undefined;
  readonly batchSize: number | undefined;
  readonly learningRateMultiplier: number | undefined;
  readonly suffix: string | undefined;
  readonly seed: number | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}>;

export type JobError = Defined<{ readonly code: string | undefined; readonly message: string }>;

export type JobEvent = Defined<{
  readonly id: string;
  readonly createdAt: number | undefined;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  /** `message`, `metrics`, and others that no description lists. */
  readonly type: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}>;

export type Checkpoint = Defined<{
  readonly id: string;
  readonly createdAt: number | undefined;
  readonly model: string;
  readonly step: number | undefined;
  readonly metrics: Readonly<Record<string, unknown>>;
}>;

/** What a job is made of. Absent fields are left to the service. */
export interface JobSpecification {
  readonly model: string;
  readonly trainingFile: string;
  readonly validationFile?: string;
  readonly suffix?: string;
  readonly seed?: number;
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly learningRateMultiplier?: number;
  readonly tier?: TrainingTier;
  /** Both sent where the surface has metadata: of this one submission, and the same for all of the same content. */
  readonly submissionId: string;
  readonly fingerprint: string;
}

/** The key of a job's metadata that holds the id of the submission. */
export const submissionKey = 'vision_finetune_submission';
/** The same for what is submitted again: the same files and wishes at the same endpoint. */
export const fingerprintKey = 'vision_finetune_fingerprint';

/** Statuses after which nothing changes any more. */
export function isOver({ status }: Pick<Job, 'status'>): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

/** Creates a job. Sent once: with an outcome of `unknown`, look for the job before anything else. */
export async function createJob(
  client: ServiceClient,
  specification: JobSpecification,
): Promise<Job> {
  const created = await client.postOnce(
    'fine_tuning/jobs',
    jsonBody(requestOf(client, specification)),
  );
  const job = readJob(created);
  if (job) return job;
  throw new ServiceError('not-the-service', 'The answer names no job.', { outcome: 'unknown' });
}

/** No field is null: OpenAI refused those. */
function requestOf({ endpoint }: ServiceClient, specification: JobSpecification): object {
  const { model, trainingFile, validationFile, suffix, seed, tier } = specification;
  const metadata = {
    [submissionKey]: specification.submissionId,
    [fingerprintKey]: specification.fingerprint,
  };
  const { hasMetadata, trainingTypes } = surfaces[endpoint.surface];
  const hyperparameters = defined({
    n_epochs: specification.epochs,
    batch_size: specification.batchSize,
    learning_rate_multiplier: specification.learningRateMultiplier,
  });
  return defined({
    model,
    training_file: trainingFile,
    validation_file: validationFile,
    suffix,
    seed,
    method: { type: 'supervised', supervised: { hyperparameters } },
    metadata: hasMetadata.value ? metadata : undefined,
    trainingType: trainingTypes?.value[tier ?? 'globalStandard'],
  });
}

export async function getJob(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): Promise<Job> {
  const job = readJob(await client.get(jobPath(id), undefined, signal));
  if (job) return job;
  throw new ServiceError('not-the-service', 'The answer is no job. Check the endpoint.', {
    outcome: 'refused',
  });
}

/** The newest jobs first, page after page, at most `most`. */
export async function* listJobs(
  client: ServiceClient,
  { most = 100, signal }: { readonly most?: number; readonly signal?: AbortSignal } = {},
): AsyncGenerator<Job> {
  let count = 0;
  for await (const item of pages(client, 'fine_tuning/jobs', { limit: 100 }, signal)) {
    const job = readJob(item);
    if (!job) continue;
    yield job;
    count += 1;
    if (count === most) return;
  }
}

/** The events of a job that are not known yet, the oldest first. Services list them from the newest on. */
export async function listEvents(
  client: ServiceClient,
  id: string,
  known: ReadonlySet<string> = new Set(),
  signal?: AbortSignal,
): Promise<readonly JobEvent[]> {
  const events: JobEvent[] = [];
  for await (const item of pages(client, `${jobPath(id)}/events`, { limit: 100 }, signal)) {
    const event = readEvent(item);
    if (event && known.has(event.id)) break;
    if (event) events.push(event);
  }
  return events.reverse();
}

export async function listCheckpoints(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): Promise<readonly Checkpoint[]> {
  const checkpoints: Checkpoint[] = [];
  for await (const item of pages(client, `${jobPath(id)}/checkpoints`, { limit: 10 }, signal)) {
    const checkpoint = readCheckpoint(item);
    if (checkpoint) checkpoints.push(checkpoint);
  }
  return checkpoints.sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
}

export type JobAction = 'cancel' | 'pause' | 'resume';

/** Done twice, each is the same as done once. */
export async function actOnJob(
  client: ServiceClient,
  id: string,
  action: JobAction,
  signal?: AbortSignal,
): Promise<Job | undefined> {
  return readJob(await client.postRepeatable(`${jobPath(id)}/${action}`, signal));
}

function jobPath(id: string): string {
  return `fine_tuning/jobs/${encodeURIComponent(id)}`;
}

/** A list that a service gives out in pages; it has an end even where the service never comes to one. */
async function* pages(
  client: ServiceClient,
  path: string,
  parameters: { readonly limit: number },
  signal: AbortSignal | undefined,
): AsyncGenerator {
  const seen = new Set<string>();
  for (let after: string | undefined; seen.size < mostPages;) {
    const page = fieldsOf(await client.get(path, { ...parameters, after }, signal));
    const items = listOf(page['data']);
    yield* items;
    after = textOf(fieldsOf(items.at(-1))['id']);
    if (page['has_more'] !== true || after === undefined || seen.has(after)) return;
    seen.add(after);
  }
}

/** The longest training there can be has some tens of thousands of steps, each an event; pages hold up to 100. */
const mostPages = 1000;

export function readJob(value: unknown): Job | undefined {
  const fields = fieldsOf(value);
  const id = textOf(fields['id']);
  if (id === undefined) return undefined;
  return defined({
    id,
    model: textOf(fields['model']) ?? '',
    status: textOf(fields['status']) ?? '',
    createdAt: timeOf(fields['created_at']),
    finishedAt: timeOf(fields['finished_at']),
    estimatedFinish: timeOf(fields['estimated_finish']),
    fineTunedModel: textOf(fields['fine_tuned_model']),
    trainingFile: textOf(fields['training_file']),
    validationFile: textOf(fields['validation_file']),
    trainedTokens: numberOf(fields['trained_tokens']),
    resultFiles: listOf(fields['result_files']).filter((file) => typeof file === 'string'),
    error: readJobError(fields['error']),
    ...readHyperparameters(fields),
    suffix: textOf(fields['suffix']) ?? textOf(fields['user_provided_suffix']),
    seed: numberOf(fields['seed']),
    metadata: readMetadata(fields['metadata']),
  });
}

/** Where all is well, the field is absent, null or an empty object. */
function readJobError(value: unknown): JobError | undefined {
  const { code, message } = fieldsOf(value);
  const said = textOf(message) ?? textOf(code);
  return said === undefined ? undefined : defined({ code: textOf(code), message: said });
}

/** Under the method that was used, or where they stood before there were methods. */
function readHyperparameters(fields: Readonly<Record<string, unknown>>): {
  epochs: number | undefined;
  batchSize: number | undefined;
  learningRateMultiplier: number | undefined;
} {
  const supervised = fieldsOf(fieldsOf(fields['method'])['supervised']);
  const own = fieldsOf(supervised['hyperparameters']);
  const older = fieldsOf(fields['hyperparameters']);
  const read = (name: string): number | undefined => numberOf(own[name]) ?? numberOf(older[name]);
  return {
    epochs: read('n_epochs'),
    batchSize: read('batch_size'),
    learningRateMultiplier: read('learning_rate_multiplier'),
  };
}

function readMetadata(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(fieldsOf(value));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function readEvent(value: unknown): JobEvent | undefined {
  const fields = fieldsOf(value);
  const id = textOf(fields['id']);
  if (id === undefined) return undefined;
  return defined({
    id,
    createdAt: timeOf(fields['created_at']),
    level: levelOf(fields['level']),
    message: textOf(fields['message']) ?? '',
    type: textOf(fields['type']),
    data: fieldsOf(fields['data']),
  });
}

/** OpenAI says `warn`, Azure `warning`. */
function levelOf(value: unknown): JobEvent['level'] {
  const level = textOf(value) ?? '';
  if (level.startsWith('warn')) return 'warning';
  return level === 'error' ? 'error' : 'info';
}

function readCheckpoint(value: unknown): Checkpoint | undefined {
  const fields = fieldsOf(value);
  const id = textOf(fields['id']);
  if (id === undefined) return undefined;
  return defined({
    id,
    createdAt: timeOf(fields['created_at']),
    model: textOf(fields['fine_tuned_model_checkpoint']) ?? '',
    step: numberOf(fields['step_number']),
    metrics: fieldsOf(fields['metrics']),
  });
}
