import { followJob, type JobUpdate } from '../../core/service/followJob.ts';
import { isOver, type Job, type JobEvent } from '../../core/service/jobs.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { complain } from '../complain.ts';
import type { ExitStatus, Io } from '../io.ts';
import { Output } from '../output.ts';
import { Progress } from '../progress.ts';
import { createPaint, wantsColor, type Paint } from '../style.ts';
import type { Connection } from './connection.ts';
import { asJson } from './failure.ts';
import { keepReceiptOf } from './showJob.ts';

/** Follows a job to its end, a line for each thing that happens. 1 where it does not succeed. */
export async function watchJob(
  connection: Connection,
  id: string,
  io: Io,
  { isJson }: { readonly isJson: boolean },
): Promise<ExitStatus> {
  const output = new Output(io.stdout);
  const live = new Progress(io);
  const lines = isJson ? new JsonLines() : new HumanLines(io);
  let last: JobUpdate | undefined;
  try {
    for await (const update of followJob(connection.client, id)) {
      live.erase();
      await output.write(lines.of(update, last));
      if (update.problem !== undefined && update.problem !== last?.problem) {
        complain(io, update.problem);
      }
      // There is nobody who wants to know any more.
      if (output.isClosed) return 0;
      if (!isOver(update.job)) live.showLine(() => describeLive(update));
      last = update;
    }
  } finally {
    live.erase();
  }
  const receipt = await keepReceiptOf(connection, id);
  if (receipt !== undefined) complain(io, `the receipt is ${receipt}`);
  if (last?.job.status === 'failed') {
    complain(io, `what it says of lines: vision-finetune jobs show ${id}${connection.flags}`);
  }
  return last?.job.status === 'succeeded' ? 0 : 1;
}

interface UpdateLines {
  of(update: JobUpdate, last: JobUpdate | undefined): Iterable<string>;
}

/** An object a line: each event, and the job whenever it has changed. */
class JsonLines implements UpdateLines {
  *of({ job, events, checkpoints, problem }: JobUpdate): Generator<string> {
    for (const event of events) yield asJson({ type: 'event', event });
    yield asJson({ type: 'job', job, checkpoints, problem });
  }
}

class HumanLines implements UpdateLines {
  readonly #paint: Paint;
  /** Where a line is drawn anew at each step, steps take none of their own. */
  readonly #hasSteps: boolean;
  /** The last event's message. */
  #told = '';

  constructor(io: Io) {
    this.#paint = createPaint(wantsColor(io));
    this.#hasSteps = !io.isTerminal.stderr;
  }

  *of({ job, events }: JobUpdate, last: JobUpdate | undefined): Generator<string> {
    for (const event of events) {
      if (this.#hasSteps || event.type !== 'metrics') yield this.#event(event);
    }
    this.#told = events.at(-1)?.message ?? this.#told;
    if (job.status !== last?.job.status) yield this.#status(job);
  }

  #event({ createdAt, level, message }: JobEvent): string {
    const time = createdAt === undefined ? '' : new Date(createdAt).toISOString().slice(11, 19);
    const words = level === 'info' ? '' : `${this.#paint(colors[level], level)}: `;
    return `${this.#paint('dim', time)}  ${words}${makeVisible(message)}\n`;
  }

  #status({ id, status, fineTunedModel, error }: Job): string {
    const paint = this.#paint;
    const what = `Job ${makeVisible(id)} ${paint('bold', describeStatus(status))}`;
    // A summary of examples takes lines, and comes as an event before.
    const isNews = error && error.message !== this.#told;
    const why = isNews ? `: ${makeVisible(error.message)}` : '';
    const model = fineTunedModel ? `\nTuned model: ${makeVisible(fineTunedModel)}` : '';
    return `${what}${why}${model}\n`;
  }
}

const colors = { warning: 'yellow', error: 'red' } as const;

/** `has succeeded`, `is validating files` */
export function describeStatus(status: string): string {
  const words = wordsOf(status);
  return status === 'succeeded' || status === 'failed' ? `has ${words}` : `is ${words}`;
}

function wordsOf(status: string): string {
  return makeVisible(status).replaceAll('_', ' ');
}

/** `running  step 12 of 300  training loss 0.352` */
function describeLive({ job, events }: JobUpdate): string {
  const data = events.findLast(({ type }) => type === 'metrics')?.data ?? {};
  const { step, total_steps: steps, train_loss: loss } = data;
  const parts = [wordsOf(job.status)];
  if (typeof step === 'number') {
    const of = typeof steps === 'number' ? ` of ${formatCount(steps)}` : '';
    parts.push(`step ${formatCount(step)}${of}`);
  }
  if (typeof loss === 'number') parts.push(`training loss ${loss.toFixed(3)}`);
  if (job.trainedTokens) parts.push(`${formatCount(job.trainedTokens)} tokens`);
  return parts.join('  ');
}
