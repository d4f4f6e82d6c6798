import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { findConfigFile } from '../core/check/configFile.ts';
import { actOnJob, getJob, listJobs, type Job, type JobAction } from '../core/service/jobs.ts';
import { isOpen } from '../core/service/journal.ts';
import { settle } from '../core/service/settle.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { makeVisible, quote } from '../core/text/quote.ts';
import { oneOf, toUsageError } from './arguments.ts';
import type { Command } from './command.ts';
import { complain } from './complain.ts';
import { UsageError, type ExitStatus, type Io } from './io.ts';
import { Output } from './output.ts';
import {
  connect,
  connectionHelp,
  connectionOptions,
  keyHelp,
  type Connection,
  type ConnectionArguments,
} from './service/connection.ts';
import { asJson, withService } from './service/failure.ts';
import { describeTable, describeTime } from './service/rows.ts';
import { assertReceiptName, showJob } from './service/showJob.ts';
import { watchJob } from './service/watchJob.ts';
import { createPaint, wantsColor } from './style.ts';

const actions = ['list', 'show', 'watch', 'cancel', 'pause', 'resume'] as const;

export const jobs: Command = {
  name: 'jobs',
  summary: 'lists, shows, follows and ends fine-tuning jobs',
  help: `Usage: vision-finetune jobs list [options]
       vision-finetune jobs show|watch|cancel|pause|resume ID [options]

  list    the newest jobs
  show    one job: its settings, its checkpoints, and what became of the
          examples, by line of the file where the service names them
  watch   follows a job to its end
  cancel  ends a job for good; pause and resume do what they say

Options:
${connectionHelp}
  --limit N               list: most jobs (default: 20)
  --receipt FILE          show: write what was sent and what came of it to FILE,
                          .md or .json
  --json                  print one line of JSON; watch: one for each event
  --help                  print this

${keyHelp}
Exit status: 0, or of watch: 0 the job succeeded, 1 it did not; 2 unusable
arguments, or the service did not do what it was asked.
`,
  run: async (args, io) => {
    const given = readArguments(args);
    const connection = connect(given.connection, io, findConfigFile(io.cwd)?.options.profile);
    return withService(io, given, async () => run(given, connection, io));
  },
};

interface JobsArguments {
  readonly action: (typeof actions)[number];
  /** Empty where all jobs are meant. */
  readonly id: string;
  readonly connection: ConnectionArguments;
  readonly limit: number;
  readonly receipt: string | undefined;
  readonly isJson: boolean;
}

function readArguments(args: readonly string[]): JobsArguments {
  const { values, positionals } = parse(args);
  const [given, id = '', ...others] = positionals;
  if (given === undefined) throw new UsageError(`no action given; expected ${actions.join(', ')}`);
  const action = oneOf('the action of jobs', given, actions);
  const wanted = action === 'list' ? 1 : 2;
  if (action !== 'list' && id === '') throw new UsageError(`jobs ${action} takes the ID of a job`);
  if (positionals.length > wanted) {
    throw new UsageError(
      `jobs ${action} does not take ${quote(action === 'list' ? id : (others[0] ?? ''))}`,
    );
  }
  const { provider, endpoint, limit, receipt, json } = values;
  if (limit !== undefined && action !== 'list') throw new UsageError('--limit is for jobs list');
  if (receipt !== undefined && action !== 'show')
    throw new UsageError('--receipt is for jobs show');
  return {
    action,
    id,
    connection: { provider, endpoint },
    limit: readLimit(limit),
    receipt: receipt === undefined ? undefined : assertReceiptName(receipt),
    isJson: json ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...connectionOptions,
        limit: { type: 'string' },
        receipt: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw toUsageError(error, 'jobs');
  }
}

const defaultLimit = 20;

function readLimit(given: string | undefined): number {
  if (given === undefined) return defaultLimit;
  const limit = /^\d+$/.test(given) ? Number(given) : 0;
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new UsageError(`--limit is ${quote(given)}; expected a whole number from 1`);
}

async function run(given: JobsArguments, connection: Connection, io: Io): Promise<ExitStatus> {
  const { action, id, isJson } = given;
  switch (action) {
    case 'list':
      return list(given, connection, io);
    case 'show':
      return showJob(connection, id, io, given);
    case 'watch':
      return watchJob(connection, id, io, { isJson });
    case 'cancel':
    case 'pause':
    case 'resume':
      return act(action, given, connection, io);
  }
}

async function list(
  { limit, isJson }: JobsArguments,
  { client, journal }: Connection,
  io: Io,
): Promise<ExitStatus> {
  const found: Job[] = [];
  for await (const job of listJobs(client, { most: limit })) found.push(job);
  await settle(journal, client, found);
  const base = client.endpoint.base.href;
  const unknown = (await journal.list()).filter(
    (each) => isOpen(each) && each.endpoint.base === base,
  );
  const text = isJson ? asJson({ jobs: found, unknown }) : asTable(found, io);
  await new Output(io.stdout).write([text]);
  for (const { training } of unknown) {
    complain(
      io,
      `whether ${basename(training.path)} has a job here is not known; submit it again, which looks for it`,
    );
  }
  return 0;
}

function asTable(found: readonly Job[], io: Io): string {
  if (found.length === 0) return 'No jobs\n';
  const head = ['Job', 'Model', 'Status', 'Created', 'Trained tokens', 'Tuned model'];
  const lines = found.map(({ id, model, status, createdAt, trainedTokens, fineTunedModel }) => [
    id,
    model,
    status,
    createdAt === undefined ? '' : describeTime(createdAt),
    trainedTokens === undefined ? '' : formatCount(trainedTokens),
    fineTunedModel ?? '',
  ]);
  return describeTable(head, lines, createPaint(wantsColor(io)));
}

/** The service may answer before it has done it; what it says then is what is told. */
async function act(
  action: JobAction,
  { id, isJson }: JobsArguments,
  { client }: Connection,
  io: Io,
): Promise<ExitStatus> {
  const job = (await actOnJob(client, id, action)) ?? (await getJob(client, id));
  const text = isJson
    ? asJson({ job })
    : `Job ${makeVisible(job.id)}: ${makeVisible(job.status).replaceAll('_', ' ')}\n`;
  await new Output(io.stdout).write([text]);
  return 0;
}
