import { fork, type ChildProcess } from 'node:child_process';
import type { DiskTask, DiskTasks, FromDisk, Progress, ToDisk } from './protocol.ts';
import { Refusal } from './refusal.ts';

export { changedMeanwhile, Refusal } from './refusal.ts';

/** How long the process may take to leave, in milliseconds. */
const leaveMs = 2000;

export interface DiskFileOptions {
  /** Path of the process: `dist/disk.js`, or `disk/main.ts` where sources run. */
  readonly script: string;
  /** Of the file, absolute. */
  readonly path: string;
  /** What runs it: Node.js, or Electron, which then acts as Node.js. Default: what runs this. */
  readonly execPath?: string;
  /** Told why the process has ended, if nobody has ended it: what it knew is lost, and the next one has to check again. */
  readonly onBreakdown?: (reason: string) => void;
}

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Of a check or a repair. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Tasks that change the file: only their answer tells whether they came to be cancelled in time. */
const writing: readonly DiskTask[] = ['replace', 'repair'];

/** What is asked, until it is answered. */
interface Job extends AskOptions {
  readonly task: DiskTask;
  readonly resolve: (gives: never) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * A file on disk that is too large for a document, read by a process of its own: nothing it holds can hold up an editor,
 * and ending the process ends all that is done with it. Starts with the first request, and again after it broke down.
 */
export class DiskFile {
  readonly #options: DiskFileOptions;
  readonly #jobs = new Map<number, Job>();
  #child: ChildProcess | undefined;
  #nextId = 1;
  #isDisposed = false;

  constructor(options: DiskFileOptions) {
    this.#options = options;
  }

  /** Of the process while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Rejects with a `Refusal` where the world is in the way, or with the reason of `signal`: at once, or, where the file is to be
   * written, when it is known that it stays as it is.
   */
  ask<T extends DiskTask>(
    task: T,
    takes: DiskTasks[T]['takes'],
    options: AskOptions = {},
  ): Promise<DiskTasks[T]['gives']> {
    const { signal } = options;
    signal?.throwIfAborted();
    if (this.#isDisposed) return Promise.reject(isClosed());
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<DiskTasks[T]['gives']>();
    this.#jobs.set(id, { ...options, task, resolve, reject });
    const abort = (): void => {
      this.#send({ kind: 'cancel', id });
      if (!writing.includes(task)) this.#drop(id, signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#send({ kind: 'ask', id, task, takes });
    return promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  /**
   * Ends the process, which leaves nothing half written behind. Whatever was asked and not answered is rejected at once; what is
   * being written is cancelled, and ends before.
   */
  dispose(): void {
    this.#isDisposed = true;
    for (const [id, { task }] of this.#jobs) {
      if (writing.includes(task)) this.#send({ kind: 'cancel', id });
      else this.#drop(id, isClosed());
    }
    this.#leave();
  }

  #leave(): void {
    if (!this.#isDisposed || this.#jobs.size > 0 || !this.#child) return;
    end(this.#child);
    this.#child = undefined;
  }

  #drop(id: number, reason: unknown): void {
    this.#jobs.get(id)?.reject(reason);
    this.#jobs.delete(id);
  }

  #send(message: ToDisk): void {
    // Why it could not be sent is told better by how the process ends, which follows.
    (this.#child ??= this.#start()).send(message, () => undefined);
  }

  #start(): ChildProcess {
    const { script, path, execPath = process.execPath } = this.#options;
    const child = fork(script, [path], {
      execPath,
      // Not those of a debugger or a test runner, that this process may have.
      execArgv: [],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message: FromDisk) => this.#receive(message));
    child.on('error', (error) => this.#end(child, error.message));
    child.on('exit', (code, signal) => {
      this.#end(child, `its reader broke down (${signal ?? `status ${code ?? 'unknown'}`})`);
    });
    return child;
  }

  #end(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#rejectAll(new Refusal(reason));
    this.#options.onBreakdown?.(reason);
  }

  #rejectAll(error: Refusal): void {
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const { reject } of jobs) reject(error);
  }

  #receive(message: FromDisk): void {
    const job = this.#jobs.get(message.id);
    if (!job) return;
    if (message.kind === 'progress') {
      job.onProgress?.(message);
      return;
    }
    this.#jobs.delete(message.id);
    if (message.kind === 'done') job.resolve(message.gives as never);
    else job.reject(this.#reasonOf(message, job));
    this.#leave();
  }

  #reasonOf(message: Exclude<FromDisk, { kind: 'done' | 'progress' }>, { signal }: Job): unknown {
    if (signal?.aborted) return signal.reason;
    if (this.#isDisposed) return isClosed();
    return message.kind === 'refused' ? new Refusal(message.reason) : new Error(message.error);
  }
}

function isClosed(): Refusal {
  return new Refusal('it is closed');
}

/** It leaves by itself when nobody is there to ask; whatever it is at, it is ended then. */
function end(child: ChildProcess): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), leaveMs);
  child.once('exit', () => clearTimeout(timer));
  if (child.connected) child.disconnect();
}
