import { dirname, resolve } from 'node:path';
import { findConfigFile } from '../core/check/configFile.ts';
import type { CheckOptions } from '../core/check/options.ts';
import { modelNames } from '../core/profile/profiles.ts';
import { countOf } from '../core/finding/words.ts';
import { isOpen, type Submission } from '../core/service/journal.ts';
import { listStored } from '../core/service/room.ts';
import { ServiceError } from '../core/service/serviceError.ts';
import {
  fingerprintOf,
  submit as submitFiles,
  type SubmissionPlan,
  type SubmissionResult,
} from '../core/service/submission.ts';
import { cancelUpload } from '../core/service/uploads.ts';
import type { Command } from './command.ts';
import { complain } from './complain.ts';
import { Contexts } from './contexts.ts';
import { createWriter } from './formats/index.ts';
import { UsageError, type ExitStatus, type Io } from './io.ts';
import { Output } from './output.ts';
import { ask, canAsk } from './service/ask.ts';
import { connect, type Connection } from './service/connection.ts';
import { asJson, withService } from './service/failure.ts';
import { inspectFiles, type InspectedFiles } from './service/inspectFiles.ts';
import { describeTime } from './service/rows.ts';
import { Stop } from './service/stop.ts';
import {
  readSubmitArguments,
  submitHelp,
  type SubmitArguments,
} from './service/submitArguments.ts';
import { ProgressTeller } from './service/submissionProgress.ts';
import { describeProposal } from './service/summary.ts';
import { describeResult } from './service/result.ts';
import { watchJob } from './service/watchJob.ts';
import { gatherWishes } from './service/wishes.ts';
import { createPaint, wantsColor } from './style.ts';

export const submit: Command = {
  name: 'submit',
  summary: 'uploads a training file and starts a fine-tuning job, once',
  help: submitHelp,
  run: async (args, io) => {
    const given = readSubmitArguments(args);
    return withService(io, given, async () => new SubmitRun(given, io).run());
  },
};

/** Characters in a line of prose where there is no terminal. */
const pipeWidth = 100;

/** One call of the command. */
class SubmitRun {
  readonly #args: SubmitArguments;
  readonly #io: Io;
  readonly #configured: CheckOptions;
  readonly #connection: Connection;
  readonly #output: Output;

  constructor(args: SubmitArguments, io: Io) {
    this.#args = args;
    this.#io = io;
    const folder = dirname(resolve(io.cwd, args.file));
    this.#configured = findConfigFile(folder)?.options ?? {};
    this.#connection = connect(args.connection, io, this.#configured.profile);
    this.#output = new Output(io.stdout);
  }

  async run(): Promise<ExitStatus> {
    const contexts = this.#contexts();
    const { file, validation } = this.#args;
    await using files = await inspectFiles(file, validation, contexts, this.#io);
    for (const warning of contexts.warnings) complain(this.#io, warning);
    const plan = this.#plan(files);
    if (await this.#refuse(files)) return 1;
    const known = await this.#known(plan);
    // Where there is a job, or may be one, nothing is created, and there is nothing to agree to.
    const mayExist = known && (known.state === 'confirmed' || isOpen(known));
    if (!mayExist && !(await this.#agree(files, plan))) return 1;
    const result = await this.#submit(plan);
    return result ? await this.#told(result) : 1;
  }

  /** Whoever is asked decides by which limits the files are judged. */
  #contexts(): Contexts {
    const { model, epochs } = this.#args.wishes;
    // A tuned model, trained further, holds the name of the one it comes from.
    const known = modelNames.find((name) => model?.includes(name));
    const { provider } = this.#connection.endpoint;
    const flags = {
      profile: provider,
      ...(known && { model: known }),
      ...(epochs !== undefined && { epochs }),
    };
    return new Contexts(flags, this.#io);
  }

  #plan({ training, validation }: InspectedFiles): SubmissionPlan {
    const { surface } = this.#connection.endpoint;
    const job = this.#configured.job ?? {};
    return {
      training: training.preflight.checked,
      ...(validation && { validation: validation.preflight.checked }),
      wishes: gatherWishes(training.context, job, this.#args.wishes, surface),
      again: this.#args.isAgain,
    };
  }

  /** Lists the errors of the files; whether there are any. */
  async #refuse({ training, validation }: InspectedFiles): Promise<boolean> {
    const files = validation ? [validation, training] : [training];
    const faulty = files.filter(({ report }) => report.counts.error > 0);
    if (faulty.length === 0) return false;
    const writer = createWriter(this.#args.isJson ? 'json' : 'human', {
      cwd: this.#io.cwd,
      profiles: [training.context.profile],
      fileCount: faulty.length,
      hasColor: wantsColor(this.#io),
      width: this.#width,
      isQuiet: true,
      today: this.#io.today,
    });
    await this.#output.write(writer.start());
    for (const file of faulty) await this.#output.write(writer.file(file));
    await this.#output.write(writer.end(1));
    const errors = faulty.reduce((sum, { report }) => sum + report.counts.error, 0);
    const it = errors === 1 ? 'it' : 'them';
    complain(this.#io, `nothing was sent: ${countOf(errors, 'error')}; repair ${it} first`);
    return true;
  }

  async #known(plan: SubmissionPlan): Promise<Submission | undefined> {
    const { client, journal } = this.#connection;
    return plan.again ? undefined : journal.find(fingerprintOf(plan, client));
  }

  /** Says what is about to happen, and asks. Throws a `UsageError` where there is nobody to ask. */
  async #agree(files: InspectedFiles, { wishes }: SubmissionPlan): Promise<boolean> {
    const { isAgreed, isJson } = this.#args;
    const { endpoint, client } = this.#connection;
    if (!isAgreed && !canAsk(this.#io)) {
      throw new UsageError('nothing was sent, for there is nobody to ask here; add --yes to agree');
    }
    const paint = createPaint(wantsColor(this.#io));
    const { today } = this.#io;
    const proposal = { files, wishes, endpoint, stored: await listStored(client) };
    const text = describeProposal(proposal, { paint, width: this.#width, today });
    if (isJson) this.#io.stderr.write(text);
    else await this.#output.write([text]);
    if (isAgreed) return true;
    if (await ask(`Upload and start the job at ${endpoint.base.host}?`, this.#io)) return true;
    complain(this.#io, 'nothing was sent');
    return false;
  }

  /** Undefined where it was stopped. */
  async #submit(plan: SubmissionPlan): Promise<SubmissionResult | undefined> {
    const { client, journal } = this.#connection;
    const teller = new ProgressTeller(this.#io);
    const stop = new Stop(this.#io);
    const { signal } = stop;
    try {
      return await submitFiles(plan, { client, journal, signal, onProgress: teller.tell });
    } catch (error) {
      teller.end();
      if (!stop.isStopped || !isStop(error)) throw error;
      await this.#tellOfStop(plan, stop);
      return undefined;
    } finally {
      teller.end();
      stop.end();
    }
  }

  /** What of a stopped submission is kept, and how it is given up. */
  async #tellOfStop(plan: SubmissionPlan, stop: Stop): Promise<void> {
    const { client, journal } = this.#connection;
    const stopped = await journal.find(fingerprintOf(plan, client));
    const open = [stopped?.training, stopped?.validation].flatMap((file) =>
      file?.upload && file.fileId === undefined ? [file.upload] : [],
    );
    const [upload] = open;
    if (!upload) {
      complain(this.#io, 'stopped, no job was created; submit again to go on');
      return;
    }
    const until = describeTime(upload.expiresAt);
    complain(
      this.#io,
      `stopped, no job was created; what has arrived is kept until ${until}, submit again to go on`,
    );
    if (!this.#io.isTerminal.stderr) return;
    complain(this.#io, 'Ctrl+C within 5 seconds cancels the upload at the service as well');
    if (!(await stop.isSecond())) return;
    for (const { uploadId } of open) await cancelUpload(client, uploadId);
    complain(this.#io, 'the upload was cancelled at the service');
  }

  async #told(result: SubmissionResult): Promise<ExitStatus> {
    const { outcome, jobId, job, submission, withdrawnId } = result;
    const { isJson, isWatched } = this.#args;
    const text = isJson
      ? asJson({ outcome, jobId, status: job.status, withdrawnId, submission })
      : describeResult(result, this.#connection, {
          paint: createPaint(wantsColor(this.#io)),
          isWatched,
        });
    await this.#output.write([text]);
    return isWatched ? watchJob(this.#connection, jobId, this.#io, { isJson }) : 0;
  }

  get #width(): number {
    return this.#io.isTerminal.stdout ? this.#io.columns : pipeWidth;
  }
}

/** Of a request that was cut short, or of what was waited for. */
function isStop(error: unknown): boolean {
  if (error instanceof ServiceError) return error.kind === 'cancelled';
  return error instanceof Error && error.name === 'AbortError';
}
