import type { OperationId } from '../contract/contract.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { Job, JobRequest } from '../resources/job.ts';
import { pageOf } from '../resources/page.ts';
import { bodyOf, pageQueryOf, parameterOf, type Call, type Operation } from './call.ts';
import { showCheckpoint, showEvent, showJob } from './showJob.ts';

export const jobOperations = {
  createJob,
  listJobs,
  getJob: (call) => jsonReply(showJob(jobNamed(call), call.surface)),
  listEvents,
  listCheckpoints,
  cancelJob: (call) => act(call, 'cancel'),
  pauseJob: (call) => act(call, 'pause'),
  resumeJob: (call) => act(call, 'resume'),
} as const satisfies Partial<Record<OperationId, Operation>>;

interface JobBody {
  readonly model: string;
  readonly training_file: string;
  readonly validation_file?: string;
  readonly suffix?: string;
  readonly seed?: number;
  readonly method?: {
    readonly type: string;
    readonly supervised?: { readonly hyperparameters?: HyperparametersBody };
  };
  readonly hyperparameters?: HyperparametersBody;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly trainingType?: string | number;
}

interface HyperparametersBody {
  readonly n_epochs?: number | 'auto';
  readonly batch_size?: number | 'auto';
  readonly learning_rate_multiplier?: number | 'auto';
}

function createJob(call: Call): Reply {
  const { account, surface } = call;
  const job = account.jobs.add(readRequest(bodyOf(call) as JobBody));
  return jsonReply(showJob(job, surface), surface === 'azure-dated' ? 201 : 200);
}

/** Of the seed that a job without one gets, nothing is known but that there is one. */
const defaultSeed = 42;

function readRequest(body: JobBody): JobRequest {
  const { method, hyperparameters: deprecated = {} } = body;
  const given = { ...deprecated, ...method?.supervised?.hyperparameters };
  return {
    model: body.model,
    trainingFile: body.training_file,
    validationFile: body.validation_file,
    suffix: body.suffix,
    seed: body.seed ?? defaultSeed,
    method: method?.type ?? 'supervised',
    hyperparameters: {
      epochs: given.n_epochs ?? 'auto',
      batchSize: given.batch_size ?? 'auto',
      learningRateMultiplier: given.learning_rate_multiplier ?? 'auto',
    },
    metadata: body.metadata,
    trainingType: body.trainingType,
  };
}

function listJobs(call: Call): Reply {
  const { account, surface, query } = call;
  const matching = account.jobs.all.filter((job) => hasMetadata(job, query));
  const { items, hasMore } = pageOf(matching, pageQueryOf(call, 20));
  const data = items.map((job) => showJob(job, surface));
  return jsonReply({ object: 'list', data, has_more: hasMore });
}

/** `metadata[name]=value`, each of them; `metadata=null` for jobs that have none. */
function hasMetadata({ request: { metadata = {} } }: Job, query: URLSearchParams): boolean {
  if (query.get('metadata') === 'null') return Object.keys(metadata).length === 0;
  return [...query].every(([key, value]) => {
    const name = /^metadata\[(.*)\]$/.exec(key)?.[1];
    return name === undefined || (Object.hasOwn(metadata, name) && metadata[name] === value);
  });
}

function listEvents(call: Call): Reply {
  const { items, hasMore } = pageOf(jobNamed(call).events, pageQueryOf(call, 20));
  const data = items.map((event) => showEvent(event, jobNamed(call), call.surface));
  return jsonReply({ object: 'list', data, has_more: hasMore });
}

function listCheckpoints(call: Call): Reply {
  const job = jobNamed(call);
  const { items, hasMore } = pageOf(job.checkpoints, pageQueryOf(call, 10));
  const data = items.map((checkpoint) => showCheckpoint(checkpoint, job.id));
  const ends = { first_id: items[0]?.id ?? null, last_id: items.at(-1)?.id ?? null };
  return jsonReply({ object: 'list', data, has_more: hasMore, ...ends });
}

function act(call: Call, action: 'cancel' | 'pause' | 'resume'): Reply {
  const job = call.account.jobs[action](parameterOf(call, 'job_id'));
  return jsonReply(showJob(job, call.surface));
}

function jobNamed(call: Call): Job {
  return call.account.jobs.get(parameterOf(call, 'job_id'));
}
