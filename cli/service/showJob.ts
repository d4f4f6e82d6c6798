import { basename, resolve } from 'node:path';
import { countOf } from '../../core/finding/words.ts';
import { writeDurably } from '../../core/service/durableFile.ts';
import { submissionOf } from '../../core/service/findJob.ts';
import type { Submission } from '../../core/service/journal.ts';
import {
  getJob,
  isOver,
  listCheckpoints,
  listEvents,
  type Checkpoint,
  type Job,
} from '../../core/service/jobs.ts';
import { findNamedLines, type FileState, type NamedLines } from '../../core/service/namedLines.ts';
import { writeReceipt, type Receipt } from '../../core/service/receipt.ts';
import { reconcile, type Reconciliation } from '../../core/service/reconcile.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { makeVisible, quote } from '../../core/text/quote.ts';
import { complain } from '../complain.ts';
import { UsageError, type ExitStatus, type Io } from '../io.ts';
import { Output } from '../output.ts';
import { createPaint, wantsColor, type Paint } from '../style.ts';
import { describeSystemError, isSystemError } from '../systemError.ts';
import type { Connection } from './connection.ts';
import { asJson } from './failure.ts';
import { describeRows, describeTable, describeTime } from './rows.ts';

/** All that is known of a job here and there. */
interface KnownJob {
  readonly job: Job;
  readonly checkpoints: readonly Checkpoint[];
  /** Undefined for a job that was started elsewhere. */
  readonly submission: Submission | undefined;
  readonly reconciliation: Reconciliation;
  /** Undefined where it is not known which file it was. */
  readonly named: NamedLines | undefined;
}

export interface ShowOptions {
  readonly isJson: boolean;
  readonly receipt: string | undefined;
}

export async function showJob(
  connection: Connection,
  id: string,
  io: Io,
  { isJson, receipt }: ShowOptions,
): Promise<ExitStatus> {
  const known = await getKnown(connection, id);
  await keepOwnReceipt(connection, known);
  const text = isJson ? asJson(known) : asText(known, createPaint(wantsColor(io)));
  await new Output(io.stdout).write([text]);
  if (receipt === undefined) return 0;
  const { submission, job, reconciliation } = known;
  if (!submission) {
    complain(io, 'no receipt: the job was not submitted from here, so what was sent is not known');
    return 2;
  }
  await keepReceipt(receipt, { submission, job, reconciliation }, io);
  return 0;
}

/** Writes the receipt of a job that is over to where receipts are kept; told where that is, if it was submitted from here. */
export async function keepReceiptOf(
  connection: Connection,
  id: string,
): Promise<string | undefined> {
  return keepOwnReceipt(connection, await getKnown(connection, id));
}

async function keepOwnReceipt(
  { receipts }: Connection,
  { submission, job, reconciliation }: KnownJob,
): Promise<string | undefined> {
  if (!submission || !isOver(job)) return undefined;
  await receipts.write({ submission, job, reconciliation });
  return receipts.pathOf(submission.id);
}

async function getKnown({ client, journal }: Connection, id: string): Promise<KnownJob> {
  const job = await getJob(client, id);
  const [events, checkpoints] = [await listEvents(client, id), await listCheckpoints(client, id)];
  const submissions = await journal.list();
  const submission = submissionOf(job, client, submissions);
  const reconciliation = reconcile(submission?.training ?? { records: 0 }, job, events);
  const named = submission && (await findNamedLines(submission.training, reconciliation));
  return { job, checkpoints, submission, reconciliation, named };
}

function asText(known: KnownJob, paint: Paint): string {
  return [
    `${paint('bold', `Job ${makeVisible(known.job.id)}`)}\n`,
    describeSettings(known, paint),
    ...describeCheckpoints(known, paint),
    ...describeOutcome(known, paint),
  ].join('');
}

function describeSettings({ job, submission }: KnownJob, paint: Paint): string {
  const time = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : describeTime(at);
  return describeRows(
    [
      ['Status', job.status.replaceAll('_', ' ')],
      ['Error', job.error?.message],
      ['Model', job.model],
      ['Tuned model', job.fineTunedModel],
      ['Created', time(job.createdAt)],
      ['Finished', time(job.finishedAt)],
      ['Training file', describeFile(job.trainingFile, submission?.training)],
      ['Validation file', describeFile(job.validationFile, submission?.validation)],
      ['Epochs', job.epochs?.toString()],
      ['Batch size', job.batchSize?.toString()],
      ['Learning rate multiplier', job.learningRateMultiplier?.toString()],
      ['Seed', job.seed?.toString()],
      ['Suffix', job.suffix],
      [
        'Trained tokens',
        job.trainedTokens === undefined ? undefined : formatCount(job.trainedTokens),
      ],
    ],
    paint,
  );
}

/** `file-abc (train.jsonl, SHA-256 0123456789ab…)` */
function describeFile(
  id: string | undefined,
  file: Submission['training'] | undefined,
): string | undefined {
  if (!file) return id;
  const words = `${basename(file.path)}, SHA-256 ${file.sha256.slice(0, 12)}…`;
  return id === undefined ? words : `${id} (${words})`;
}

function* describeCheckpoints({ checkpoints }: KnownJob, paint: Paint): Generator<string> {
  if (checkpoints.length === 0) return;
  const number = (value: unknown): string => (typeof value === 'number' ? value.toFixed(4) : '');
  yield `\n${paint('bold', 'Checkpoints')}\n`;
  yield describeTable(
    ['Step', 'Training loss', 'Validation loss', 'Model'],
    checkpoints.map(({ step, metrics, model }) => [
      step?.toString() ?? '',
      number(metrics['train_loss']),
      number(metrics['full_valid_loss'] ?? metrics['valid_loss']),
      model,
    ]),
    paint,
  );
}

/** What the service says of the examples; what it does not say is said to be unknown. */
function* describeOutcome(known: KnownJob, paint: Paint): Generator<string> {
  const { submission, reconciliation, named } = known;
  const { skipped, reasons, refused } = reconciliation;
  yield `\n${paint('bold', 'Examples')}\n`;
  const sent = submission
    ? `${countOf(reconciliation.sent, 'example')} sent`
    : 'How many were sent is not known here: the job was not submitted from this machine';
  const told =
    skipped === undefined
      ? 'how many were left out, the service does not say'
      : `${formatCount(skipped)} left out`;
  yield `  ${sent}; ${told}\n`;
  for (const { reason, count, lines } of reasons) {
    const unnamed = count - lines.length;
    const which =
      unnamed > 0 ? `, of ${formatCount(unnamed)} the service does not name the line` : '';
    yield `  ${makeVisible(reason)}: ${formatCount(count)}${which}\n`;
  }
  const lines = named?.lines ?? [];
  for (const { line, message } of lines) {
    const name = basename(submission?.training.path ?? '');
    yield `  ${paint('dim', `${makeVisible(name)}:${line}`)}  ${makeVisible(message)}\n`;
  }
  if (named?.file !== 'same') {
    for (const { example, message } of refused)
      yield `  Example ${example}: ${makeVisible(message)}\n`;
  }
  yield* describeCandidates(reconciliation, paint);
  if (submission && named && named.file !== 'same') {
    const name = makeVisible(submission.training.path);
    yield `  ${name} ${stateWords[named.file]}: lines and examples are those of the file that was sent\n`;
  }
}

/** Our own guess, where the service leaves open which examples it left out. */
function* describeCandidates({ candidates }: Reconciliation, paint: Paint): Generator<string> {
  if (candidates.length === 0) return;
  yield '  Which, the service leaves open. Likely by our own check:\n';
  for (const { line, reason } of candidates) {
    yield `  ${paint('dim', `line ${line}`)}  ${makeVisible(reason)}\n`;
  }
}

const stateWords: Readonly<Record<Exclude<FileState, 'same'>, string>> = {
  changed: 'has changed since it was submitted',
  gone: 'cannot be read any more',
};

/** Throws a `UsageError` for a name that does not tell in which form a receipt is wanted. */
export function assertReceiptName(name: string): string {
  if (/\.(?:md|json)$/i.test(name)) return name;
  throw new UsageError(`--receipt is ${quote(name)}; expected a name that ends in .md or .json`);
}

async function keepReceipt(name: string, receipt: Receipt, io: Io): Promise<void> {
  const isJson = name.toLowerCase().endsWith('.json');
  const text = isJson ? `${JSON.stringify(receipt, undefined, 2)}\n` : writeReceipt(receipt);
  try {
    await writeDurably(resolve(io.cwd, name), text);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`cannot write ${name}: ${describeSystemError(error)}`);
  }
  complain(io, `the receipt is in ${name}`);
}
