import { unixSeconds } from '../clock.ts';
import type { Environment } from '../environment.ts';
import { hexadecimal, letters, newIdentifier } from '../identifier.ts';
import { measureStep, type StepMetrics, type TrainingPlan } from '../training/losses.ts';
import type { JobError } from '../training/validateJob.ts';

/** Where a job is; each surface has words of its own for it. */
export type JobPhase =
  'validating' | 'queued' | 'running' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** What was asked for, checked and complete. */
export interface JobRequest {
  /** As given: a base model, or a tuned one to go on with. */
  readonly model: string;
  readonly trainingFile: string;
  readonly validationFile: string | undefined;
  readonly suffix: string | undefined;
  readonly seed: number;
  readonly method: string;
  readonly hyperparameters: Hyperparameters;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly trainingType: string | number | undefined;
}

export interface Hyperparameters {
  readonly epochs: number | 'auto';
  readonly batchSize: number | 'auto';
  readonly learningRateMultiplier: number | 'auto';
}

export interface JobEvent {
  readonly id: string;
  readonly createdAt: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
  /** Of an event that tells of a step. */
  readonly metrics?: StepMetrics;
}

export interface Checkpoint {
  readonly id: string;
  readonly createdAt: number;
  readonly model: string;
  readonly metrics: StepMetrics;
}

/** What a job trains on, once its files have been looked at. */
export interface Training {
  readonly plan: TrainingPlan;
  readonly tokensPerEpoch: number;
  readonly learningRateMultiplier: number;
  readonly answers: readonly string[];
}

const finalPhases: readonly JobPhase[] = ['succeeded', 'failed', 'cancelled'];

/** Checkpoints that are kept: those of the last epochs. */
const keptCheckpoints = 3;

/** A job tells of this many steps at most. */
const maxMetricsEvents = 1000;

/** A job and what has become of it. What happens when is the matter of `JobRun`. */
export class Job {
  readonly id: string;
  readonly request: JobRequest;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly #environment: Environment;
  readonly #events: JobEvent[] = [];
  readonly #checkpoints: Checkpoint[] = [];
  #phase: JobPhase = 'validating';
  #step = 0;
  #training: Training | undefined;
  #error: JobError | undefined;
  #tunedModel: string | undefined;
  #resultFile: string | undefined;
  #finishedAt: number | undefined;

  constructor(request: JobRequest, environment: Environment) {
    this.#environment = environment;
    this.id = newIdentifier('ftjob-', environment.provider);
    this.request = request;
    this.createdAt = unixSeconds(environment.clock);
    this.tell('info', `Created fine-tuning job: ${this.id}`);
    this.tell('info', `Validating training file: ${request.trainingFile}`);
  }

  get phase(): JobPhase {
    return this.#phase;
  }

  get isFinished(): boolean {
    return finalPhases.includes(this.#phase);
  }

  /** Newest first. */
  get events(): readonly JobEvent[] {
    return this.#events.toReversed();
  }

  /** Newest first; at most 3. */
  get checkpoints(): readonly Checkpoint[] {
    return this.#checkpoints.toReversed();
  }

  get training(): Training | undefined {
    return this.#training;
  }

  get error(): JobError | undefined {
    return this.#error;
  }

  get tunedModel(): string | undefined {
    return this.#tunedModel;
  }

  get resultFile(): string | undefined {
    return this.#resultFile;
  }

  get finishedAt(): number | undefined {
    return this.#finishedAt;
  }

  /** Steps that were done, from 0. */
  get step(): number {
    return this.#step;
  }

  get totalSteps(): number {
    const { epochs = 0, stepsPerEpoch = 0 } = this.#training?.plan ?? {};
    return epochs * stepsPerEpoch;
  }

  /** Undefined until it has succeeded. */
  get trainedTokens(): number | undefined {
    if (this.#phase !== 'succeeded' || !this.#training) return undefined;
    return this.#training.tokensPerEpoch * this.#training.plan.epochs;
  }

  tell(level: JobEvent['level'], message: string, metrics?: StepMetrics): void {
    const { provider, clock } = this.#environment;
    const id = newIdentifier('ftevent-', provider);
    const createdAt = unixSeconds(clock);
    this.#events.push({ id, createdAt, level, message, ...(metrics && { metrics }) });
  }

  queue(training: Training): void {
    this.#training = training;
    this.#phase = 'queued';
    this.tell('info', 'Files validated, moving job to queued state');
  }

  run(): void {
    this.#phase = 'running';
    this.tell('info', 'Fine-tuning job started');
  }

  /** Goes on to a step; tells of those in between only where they are few. */
  trainTo(step: number): void {
    const { plan } = this.#training ?? {};
    if (!plan) return;
    const everyTold = Math.ceil(this.totalSteps / maxMetricsEvents);
    while (this.#step < step) {
      const metrics = measureStep(plan, ++this.#step);
      const isEndOfEpoch = this.#step % plan.stepsPerEpoch === 0;
      if (this.#step % everyTold === 0 || isEndOfEpoch) {
        this.tell('info', describeStep(metrics, this.totalSteps), metrics);
      }
      if (isEndOfEpoch) this.#keepCheckpoint(metrics);
    }
  }

  pause(): void {
    this.#phase = 'paused';
    const { plan } = this.#training ?? {};
    if (plan) this.#keepCheckpoint(measureStep(plan, this.#step));
    this.tell('info', 'The job has been paused');
  }

  resume(): void {
    this.#phase = 'running';
    this.tell('info', 'The job has been resumed');
  }

  succeed(resultFile: string): void {
    this.#resultFile = resultFile;
    this.#tunedModel = this.#nameModel();
    this.tell('info', `New fine-tuned model created: ${this.#tunedModel}`);
    this.#finish('succeeded');
    this.tell('info', 'The job has successfully completed');
  }

  fail(error: JobError): void {
    this.#error = error;
    this.#finish('failed');
    this.tell('error', error.message);
  }

  cancel(): void {
    this.#finish('cancelled');
    this.tell('info', 'Fine-tuning job cancelled');
  }

  #finish(phase: JobPhase): void {
    this.#phase = phase;
    this.#finishedAt = unixSeconds(this.#environment.clock);
  }

  #keepCheckpoint(metrics: StepMetrics): void {
    if (this.#checkpoints.at(-1)?.metrics.step === metrics.step) return;
    const { provider, clock } = this.#environment;
    const id = provider === 'azure' ? `ftchkpt-${hexadecimal()}` : `ftckpt_${letters(24)}`;
    const model = provider === 'azure' ? id : `${this.#nameModel()}:ckpt-step-${metrics.step}`;
    this.#checkpoints.push({ id, createdAt: unixSeconds(clock), model, metrics });
    if (this.#checkpoints.length > keptCheckpoints) this.#checkpoints.shift();
    this.tell('info', `Checkpoint created at step ${metrics.step}`);
  }

  /** `ft:gpt-4o-2024-08-06:practice:suffix:Ab12Cd34`, or `gpt-4.1-2025-04-14.ft-<32 digits>-suffix` at Azure. */
  #nameModel(): string {
    const { model, suffix } = this.request;
    if (this.#environment.provider === 'azure') {
      const base = model.split('.ft-', 1)[0] ?? model;
      return `${base}.ft-${hexadecimal()}${suffix === undefined ? '' : `-${suffix}`}`;
    }
    const base = model.startsWith('ft:') ? (model.split(':')[1] ?? model) : model;
    return `ft:${base}:practice:${suffix ?? ''}:${letters(8)}`;
  }
}

/** `Step 300/300: training loss=0.15, validation loss=0.27, full validation loss=0.40` */
function describeStep(metrics: StepMetrics, total: number): string {
  const { step, trainLoss, validLoss, fullValidLoss } = metrics;
  const losses = [
    `training loss=${trainLoss.toFixed(2)}`,
    ...(validLoss === undefined ? [] : [`validation loss=${validLoss.toFixed(2)}`]),
    ...(fullValidLoss === undefined ? [] : [`full validation loss=${fullValidLoss.toFixed(2)}`]),
  ];
  return `Step ${step}/${total}: ${losses.join(', ')}`;
}
