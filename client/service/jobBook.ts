import { EventEmitter, type Disposable } from 'vscode';
import { followJob, type JobUpdate } from '../../core/service/followJob.ts';
import { submissionOf } from '../../core/service/findJob.ts';
import type { Journal, Submission } from '../../core/service/journal.ts';
import {
  isOver,
  listJobs,
  type Checkpoint,
  type Job,
  type JobEvent,
} from '../../core/service/jobs.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import { settle } from '../../core/service/settle.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { keyOf, type Connection } from './connection.ts';
import type { Keys } from './keys.ts';
import type { ServiceLog } from './serviceLog.ts';

/** All that is known of a job in this window. */
export interface KnownJob {
  /** Of the endpoint and the job. */
  readonly key: string;
  readonly connection: Connection;
  readonly job: Job;
  readonly events: readonly JobEvent[];
  readonly checkpoints: readonly Checkpoint[];
  /** Where it was submitted from this machine. */
  readonly submission: Submission | undefined;
  /** Why nothing newer is known, in words. */
  readonly problem: string | undefined;
}

/** A job that is over. */
export interface EndedJob {
  readonly known: KnownJob;
  /** Whether this window has seen it before its end. */
  readonly isNews: boolean;
}

/** Newest jobs of an endpoint that are listed. */
const listedJobs = 50;

/** The jobs of all connections, and one poller for each that is followed. */
export class JobBook implements Disposable {
  readonly #keys: Keys;
  readonly #journal: Journal;
  readonly #log: ServiceLog;
  readonly #jobs = new Map<string, KnownJob>();
  readonly #followed = new Map<string, AbortController>();
  /** Those whose end is news. */
  readonly #seenRunning = new Set<string>();
  readonly #changes = new EventEmitter<KnownJob | undefined>();
  readonly #ends = new EventEmitter<EndedJob>();
  readonly #news = new EventEmitter<{
    readonly known: KnownJob;
    readonly events: readonly JobEvent[];
  }>();
  /** A job of which something has changed; undefined where it may be anything. */
  readonly onDidChange = this.#changes.event;
  /** Each followed job that is over. */
  readonly onDidEnd = this.#ends.event;
  /** Events of a followed job, each once. */
  readonly onDidHear = this.#news.event;

  constructor(keys: Keys, journal: Journal, log: ServiceLog) {
    this.#keys = keys;
    this.#journal = journal;
    this.#log = log;
  }

  get all(): readonly KnownJob[] {
    return [...this.#jobs.values()];
  }

  get(key: string): KnownJob | undefined {
    return this.#jobs.get(key);
  }

  /** A client with what is stored for the connection; undefined where nothing is. Asks nobody. */
  async clientOf({ endpoint }: Connection): Promise<ServiceClient | undefined> {
    const credential = await this.#keys.find(endpoint);
    return credential && new ServiceClient({ endpoint, credential });
  }

  /** The jobs of a connection, the newest first. Throws what the service answers. */
  async list(connection: Connection): Promise<readonly KnownJob[]> {
    const client = await this.clientOf(connection);
    if (!client) return [];
    const jobs: Job[] = [];
    for await (const job of listJobs(client, { most: listedJobs })) jobs.push(job);
    await settle(this.#journal, client, jobs);
    const submissions = await this.#journal.list();
    return jobs.map((job) => this.#put(connection, { job }, submissions));
  }

  /** Polls a job until it ends or is left alone; once, whoever asks for it. */
  follow(connection: Connection, id: string): void {
    const key = jobKey(connection, id);
    const known = this.#jobs.get(key);
    if (this.#followed.has(key) || (known && isOver(known.job) && known.events.length > 0)) return;
    this.#start(connection, id, key);
  }

  /** Asks again at once, as after an action on the job. */
  refresh(connection: Connection, id: string): void {
    const key = jobKey(connection, id);
    this.#followed.get(key)?.abort();
    this.#followed.delete(key);
    this.#changes.fire(this.#jobs.get(key));
    this.#start(connection, id, key);
  }

  /** Stops every poller and forgets every job; what is shown asks again. */
  clear(): void {
    for (const stop of this.#followed.values()) stop.abort();
    this.#followed.clear();
    this.#jobs.clear();
    this.#changes.fire(undefined);
  }

  dispose(): void {
    for (const stop of this.#followed.values()) stop.abort();
    this.#changes.dispose();
    this.#ends.dispose();
    this.#news.dispose();
  }

  #start(connection: Connection, id: string, key: string): void {
    const stop = new AbortController();
    this.#followed.set(key, stop);
    void this.#run(connection, id, stop.signal).finally(() => {
      if (this.#followed.get(key) === stop) this.#followed.delete(key);
    });
  }

  async #run(connection: Connection, id: string, signal: AbortSignal): Promise<void> {
    const key = jobKey(connection, id);
    const before = this.#jobs.get(key);
    if (before && !isOver(before.job)) this.#seenRunning.add(key);
    try {
      // A sign-in lasts for an hour; a job may take days.
      while ((await this.#poll(connection, id, signal)) === 'expired');
      const known = this.#jobs.get(key);
      if (signal.aborted || !known) return;
      if (isOver(known.job)) this.#ends.fire({ known, isNews: this.#seenRunning.delete(key) });
    } catch (error) {
      if (!signal.aborted) this.#giveUp(key, error);
    }
  }

  /** Follows with what is stored now, until the job ends or what was stored is no longer accepted. */
  async #poll(
    connection: Connection,
    id: string,
    signal: AbortSignal,
  ): Promise<'ended' | 'expired'> {
    const client = await this.clientOf(connection);
    if (!client) return 'ended';
    const submissions = await this.#journal.list();
    let wasAccepted = false;
    try {
      for await (const update of followJob(client, id, signal)) {
        if (signal.aborted) return 'ended';
        wasAccepted = true;
        if (!isOver(update.job)) this.#seenRunning.add(jobKey(connection, id));
        this.#take(connection, update, submissions);
      }
    } catch (error) {
      const isRefused = error instanceof ServiceError && error.kind === 'wrong-key';
      if (isRefused && wasAccepted && !signal.aborted) return 'expired';
      throw error;
    }
    return 'ended';
  }

  #giveUp(key: string, error: unknown): void {
    const problem = error instanceof Error ? error.message : String(error);
    const known = this.#jobs.get(key);
    this.#log.error(`Following ${known?.job.id ?? 'a job'} has ended: ${problem}`);
    if (!known) return;
    const troubled = { ...known, problem };
    this.#jobs.set(key, troubled);
    this.#changes.fire(troubled);
  }

  #take(connection: Connection, update: JobUpdate, submissions: readonly Submission[]): void {
    const { id } = update.job;
    const heard = this.#jobs.get(jobKey(connection, id))?.events.length ?? 0;
    const known = this.#put(connection, update, submissions);
    this.#news.fire({ known, events: known.events.slice(heard) });
    this.#changes.fire(known);
    if (update.problem !== undefined) this.#log.warn(`Asking for ${id}: ${update.problem}`);
  }

  #put(
    connection: Connection,
    update: Pick<JobUpdate, 'job'> & Partial<JobUpdate>,
    submissions: readonly Submission[],
  ): KnownJob {
    const { job, events = [], checkpoints, problem } = update;
    const key = jobKey(connection, job.id);
    const before = this.#jobs.get(key);
    const heard = new Set(before?.events.map((event) => event.id));
    const known: KnownJob = {
      key,
      connection,
      job,
      events: [...(before?.events ?? []), ...events.filter((event) => !heard.has(event.id))],
      checkpoints: checkpoints ?? before?.checkpoints ?? [],
      submission: submissionOf(job, connection, submissions),
      problem,
    };
    this.#jobs.set(key, known);
    return known;
  }
}

function jobKey({ endpoint }: Connection, id: string): string {
  return `${keyOf(endpoint)}\n${id}`;
}
