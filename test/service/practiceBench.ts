import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../core/service/clock.ts';
import { Credential, keySchemeOf } from '../../core/service/credential.ts';
import { parseEndpoint, type Endpoint } from '../../core/service/endpoint.ts';
import { listFiles } from '../../core/service/files.ts';
import { Journal } from '../../core/service/journal.ts';
import { listJobs } from '../../core/service/jobs.ts';
import { FileHasher, OpenedFile } from '../../core/service/openedFile.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import {
  submit,
  type CheckedFile,
  type SubmissionPlan,
  type SubmissionResult,
} from '../../core/service/submission.ts';
import {
  PracticeService,
  type PracticeOptions,
  type SurfaceName,
} from '../../practice/practice.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';

/** A clock that waits for nothing; what waits by it lets everything else happen first. */
export const hastyClock: Clock = {
  now: () => Date.now(),
  sleep: async (_, signal) => {
    signal?.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
  },
};

/** A practice service, a training file, a journal: all that a submission takes. */
export class PracticeBench {
  readonly service: PracticeService;
  readonly folder: string;
  readonly journal: Journal;
  #opened: OpenedFile[] = [];

  private constructor(service: PracticeService, folder: string) {
    this.service = service;
    this.folder = folder;
    this.journal = new Journal(join(folder, 'submissions'));
  }

  /** As another machine has it, which knows of nothing. */
  anotherJournal(): Journal {
    return new Journal(join(this.folder, 'elsewhere'));
  }

  static async open(options: PracticeOptions = {}): Promise<PracticeBench> {
    const folder = await mkdtemp(join(tmpdir(), 'vision-finetune-'));
    const service = await PracticeService.start({ speed: 1000, ...options });
    await writeFile(join(folder, 'train.jsonl'), withSoundRecords());
    return new PracticeBench(service, folder);
  }

  async close(): Promise<void> {
    for (const file of this.#opened) await file.close();
    await this.service.stop();
    await rm(this.folder, { recursive: true });
  }

  endpoint(surface: SurfaceName = 'openai'): Endpoint {
    const address = this.service.addresses[surface] ?? '';
    const version = surface === 'azure-dated' ? '?api-version=2025-04-01-preview' : '';
    const provider = surface === 'openai' ? 'openai' : 'azure';
    const endpoint = parseEndpoint(address + version, provider);
    if ('problem' in endpoint) throw new Error(endpoint.problem);
    return endpoint;
  }

  client(
    surface?: SurfaceName,
    { key = this.service.key, patience = 2000, clock = hastyClock } = {},
  ): ServiceClient {
    const endpoint = this.endpoint(surface);
    const credential = new Credential(endpoint, keySchemeOf(endpoint.surface), key);
    return new ServiceClient({
      endpoint,
      credential,
      clock,
      random: () => 0,
      patience,
    });
  }

  /** A file of the folder, checked as far as a submission wants to know. */
  async checked(name = 'train.jsonl', partBytes = 64 * 1024 * 1024): Promise<CheckedFile> {
    const file = await OpenedFile.open(join(this.folder, name));
    this.#opened.push(file);
    const hasher = new FileHasher(partBytes);
    for await (const chunk of file.read()) hasher.update(chunk);
    return { file, digest: hasher.digest(), records: 10 };
  }

  async plan(changes: Partial<SubmissionPlan> = {}): Promise<SubmissionPlan> {
    const wishes = { model: 'gpt-4o-2024-08-06' };
    return { training: await this.checked(), wishes, ...changes };
  }

  async submit(
    changes: Partial<SubmissionPlan> = {},
    surface?: SurfaceName,
  ): Promise<SubmissionResult> {
    const { journal } = this;
    return submit(await this.plan(changes), { client: this.client(surface), journal });
  }

  /** How many jobs there are at the service. */
  async jobs(surface?: SurfaceName): Promise<number> {
    let count = 0;
    for await (const _ of listJobs(this.client(surface))) count += 1;
    return count;
  }

  /** How many files were sent there: a job that has ended has left one of results. */
  async files(): Promise<number> {
    return (await listFiles(this.client())).length;
  }

  /** How often the service carried out an operation, whatever it answered. */
  done(operation: string): number {
    return this.service.requests.filter((each) => each.operation === operation && each.isDone)
      .length;
  }
}
