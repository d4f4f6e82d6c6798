import { findProfile } from '../../core/profile/profiles.ts';
import type { Environment } from '../environment.ts';
import { knownRefusals, Refusal } from '../refusal.ts';
import { trainingPurpose, type Files, type StoredFile } from './files.ts';
import { Job, type JobRequest } from './job.ts';
import { JobRun } from './jobRun.ts';

/** The jobs of an account, and the models that came of them. */
export class Jobs {
  readonly #environment: Environment;
  readonly #files: Files;
  readonly #runs = new Map<string, JobRun>();

  constructor(environment: Environment, files: Files) {
    this.#environment = environment;
    this.#files = files;
  }

  /** Newest first. */
  get all(): readonly Job[] {
    return [...this.#runs.values()].map(({ job }) => job).reverse();
  }

  add(request: JobRequest): Job {
    this.#refuseModel(request.model);
    const training = this.#readable(request.trainingFile, 'training_file');
    const { validationFile } = request;
    const validation =
      validationFile === undefined ? undefined : this.#readable(validationFile, 'validation_file');
    const job = new Job(request, this.#environment);
    this.#runs.set(
      job.id,
      new JobRun(job, { training, validation }, this.#files, this.#environment),
    );
    return job;
  }

  get(id: string): Job {
    return this.#run(id).job;
  }

  cancel(id: string): Job {
    const run = this.#run(id);
    run.cancel();
    return run.job;
  }

  pause(id: string): Job {
    const run = this.#run(id);
    run.pause();
    return run.job;
  }

  resume(id: string): Job {
    const run = this.#run(id);
    run.resume();
    return run.job;
  }

  /** The job whose model, or checkpoint, has this name. */
  findByModel(name: string): Job | undefined {
    return this.all.find(
      (job) => job.tunedModel === name || job.checkpoints.some(({ model }) => model === name),
    );
  }

  #run(id: string): JobRun {
    const run = this.#runs.get(id);
    if (run) return run;
    const message = `Could not find fine tune: ${id.slice(0, 60)}`;
    throw new Refusal('notFound', message, { param: 'fine_tune_id' });
  }

  #refuseModel(model: string): void {
    const { provider } = this.#environment;
    if (findProfile(provider, model) || this.findByModel(model)) return;
    if (provider === 'azure') throw knownRefusals['base-model']();
    const message = `Model ${model.slice(0, 60)} is not available for fine-tuning or does not exist.`;
    throw new Refusal('unknownBaseModel', message);
  }

  /** Azure takes no file before it has processed it; at OpenAI the job waits for it, and fails with it. */
  #readable(id: string, param: string): StoredFile {
    const file = this.#files.find(id);
    if (file?.purpose !== trainingPurpose) {
      const message = file
        ? `File '${id}' has the purpose ${file.purpose}; expected ${trainingPurpose}.`
        : `File '${id.slice(0, 60)}' does not exist.`;
      throw new Refusal('badRequest', message, { param });
    }
    if (this.#environment.provider === 'azure' && file.status !== 'processed') {
      const status = file.status === 'waiting' ? 'pending' : file.status;
      throw new Refusal('state', `File '${id}' is ${status}; expected processed.`, { param });
    }
    return file;
  }
}
