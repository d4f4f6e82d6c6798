import { chosenEpochs } from '../../core/profile/epochs.ts';
import type { Environment } from '../environment.ts';
import { Refusal } from '../refusal.ts';
import type { Inspection } from '../training/inspectFile.ts';
import { writeMetricsCsv } from '../training/metricsCsv.ts';
import { describeSkipped, failJob, type FileRole, type JobError } from '../training/validateJob.ts';
import type { Files, StoredFile } from './files.ts';
import type { Job, Training } from './job.ts';

/** Milliseconds between two looks at a job that trains, however many steps it has. */
const shortestTick = 20;

/** Epochs of a job that names none, where nobody documents how the provider chooses. */
const undocumentedEpochs = 3;

export interface JobFiles {
  readonly training: StoredFile;
  readonly validation: StoredFile | undefined;
}

/** Takes a job from one phase to the next as time goes by. */
export class JobRun {
  readonly job: Job;
  readonly #files: Files;
  readonly #inputs: JobFiles;
  readonly #environment: Environment;
  /** Takes back what waits for the clock. */
  #stop: () => void = () => undefined;

  constructor(job: Job, inputs: JobFiles, files: Files, environment: Environment) {
    this.job = job;
    this.#inputs = inputs;
    this.#files = files;
    this.#environment = environment;
    this.#wait(environment.durations.validating, () => this.#validate());
  }

  cancel(): void {
    if (this.job.isFinished) throw wrongPhase(this.job, 'cancelled');
    this.#stop();
    this.job.cancel();
  }

  /** Only a job that has done a step can be paused. */
  pause(): void {
    if (this.job.phase !== 'running' || this.job.step === 0) throw wrongPhase(this.job, 'paused');
    this.#stop();
    this.job.pause();
  }

  resume(): void {
    if (this.job.phase !== 'paused') throw wrongPhase(this.job, 'resumed');
    this.job.resume();
    this.#train();
  }

  async #validate(): Promise<void> {
    const { provider } = this.#environment;
    const { limits } = this.#environment.context();
    const found: [FileRole, Inspection][] = [];
    for (const role of ['training', 'validation'] as const) {
      const file = this.#inputs[role];
      if (file) found.push([role, await this.#files.inspect(file)]);
    }
    if (this.job.isFinished) return;
    if (this.job.request.method !== 'supervised') {
      this.job.fail(wrongMethod(this.job));
      return;
    }
    for (const [role, inspection] of found) {
      const error = failJob(inspection, role, limits);
      if (error) {
        this.job.fail(error);
        return;
      }
      const skipped = describeSkipped(inspection, role, provider);
      if (skipped !== undefined) this.job.tell('warning', skipped);
    }
    const [training] = found;
    if (training) this.job.queue(this.#plan(training[1]));
    this.#wait(this.#environment.durations.queued, () => {
      this.job.run();
      this.#train();
    });
  }

  #plan(inspection: Inspection): Training {
    const { request } = this.job;
    const { epochs, batchSize: batch, learningRateMultiplier } = request.hyperparameters;
    const examples = inspection.examples - inspection.skipped.count;
    const { profile } = this.#environment.context();
    // About a five-hundredth of the examples, as OpenAI once documented it.
    const batchSize = batch === 'auto' ? Math.min(256, Math.ceil(examples / 500)) : batch;
    return {
      plan: {
        epochs:
          epochs === 'auto' ? (chosenEpochs(profile, examples) ?? undocumentedEpochs) : epochs,
        batchSize,
        stepsPerEpoch: Math.ceil(examples / batchSize),
        hasValidation: this.#inputs.validation !== undefined,
        seedWords: `${request.seed} ${this.#inputs.training.content.sha256}`,
      },
      tokensPerEpoch: inspection.tokens,
      learningRateMultiplier: learningRateMultiplier === 'auto' ? 2 : learningRateMultiplier,
      answers: inspection.answers,
    };
  }

  #train(): void {
    const { durations } = this.#environment;
    const steps = this.job.totalSteps;
    const stepsPerTick = Math.ceil((shortestTick * steps) / durations.training);
    if (this.job.step === steps) {
      this.#wait(durations.finishing, () => this.#finish());
      return;
    }
    this.#wait((durations.training * stepsPerTick) / steps, () => {
      this.job.trainTo(Math.min(steps, this.job.step + stepsPerTick));
      this.#train();
    });
  }

  async #finish(): Promise<void> {
    const { store, provider } = this.#environment;
    const { training } = this.job;
    if (!training) return;
    const content = await store.write(writeMetricsCsv(training.plan, provider));
    if (this.job.isFinished) {
      await store.remove(content);
      return;
    }
    const filename = provider === 'azure' ? 'results.csv' : 'step_metrics.csv';
    const file = this.#files.add({ filename, purpose: 'fine-tune-results', content });
    this.job.succeed(file.id);
  }

  #wait(milliseconds: number, next: () => Promise<void> | void): void {
    const { clock, work } = this.#environment;
    this.#stop = clock.after(milliseconds, () => {
      work.start(
        async () => next(),
        () => {
          const message = 'The job failed due to an internal error.';
          if (!this.job.isFinished) this.job.fail({ code: 'server_error', message, param: null });
        },
      );
    });
  }
}

/** Of any other method: this service practises supervised fine-tuning only. */
function wrongMethod({ request: { trainingFile, method } }: Job): JobError {
  const form = `Input file ${trainingFile} is in the fine-tune-chat format`;
  const message = `The job failed due to an invalid training file. Invalid file format. ${form}, but the specified fine-tuning job is not using 'supervised' as the training method (provided method=${method}).`;
  return { code: 'invalid_training_file', message, param: 'training_file' };
}

function wrongPhase(job: Job, what: string): Refusal {
  return new Refusal('state', `Job ${job.id} is ${job.phase} and cannot be ${what}.`);
}
