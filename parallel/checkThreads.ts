import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { StretchResult } from './checkStretch.ts';
import type { FromThread, ThreadStart, ToThread } from './protocol.ts';

/** The thread beside this module; in a bundle, which holds this module but not that one, `checkThread.js` beside it. */
const script = join(
  import.meta.dirname,
  extname(import.meta.filename) === '.ts' ? 'checkThread.ts' : 'checkThread.js',
);

/** Lines come and go; with the usual 48 MB each thread would keep as much of them before it looks for what is gone. */
const resourceLimits = { maxYoungGenerationSizeMb: 6 };

interface Job {
  readonly resolve: (result: StretchResult) => void;
  readonly reject: (reason: unknown) => void;
}

/** Threads that check stretches of one file, each started with the first that it is given. Disposed of at once, whatever they are at. */
export class CheckThreads implements AsyncDisposable {
  readonly #threads: readonly CheckThread[];

  constructor(count: number, start: ThreadStart) {
    this.#threads = Array.from({ length: count }, () => new CheckThread(start));
  }

  /** Rejects with the error of the system where the file cannot be read. */
  check(stretch: ToThread): Promise<StretchResult> {
    const [first, ...others] = this.#threads;
    if (!first) return Promise.reject(new RangeError('There is no thread'));
    return others
      .reduce((least, each) => (each.jobs < least.jobs ? each : least), first)
      .check(stretch);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }
}

class CheckThread {
  readonly #start: ThreadStart;
  #worker: Worker | undefined;
  /** In the order in which they are answered. */
  readonly #jobs: Job[] = [];
  /** Why it answers no more. */
  #end: Error | undefined;

  constructor(start: ThreadStart) {
    this.#start = start;
  }

  /** How many it has to do. */
  get jobs(): number {
    return this.#jobs.length;
  }

  check(stretch: ToThread): Promise<StretchResult> {
    // Nobody would take the message.
    if (this.#end) return Promise.reject(this.#end);
    const { promise, resolve, reject } = Promise.withResolvers<StretchResult>();
    this.#jobs.push({ resolve, reject });
    (this.#worker ??= this.#startWorker()).postMessage(stretch);
    return promise;
  }

  async end(): Promise<void> {
    this.#noteEnd(ended());
    await this.#worker?.terminate();
  }

  #startWorker(): Worker {
    const worker = new Worker(script, { workerData: this.#start, resourceLimits });
    worker.on('message', (message: FromThread) => this.#receive(message));
    worker.on('error', (error: Error) => this.#noteEnd(error));
    worker.on('exit', () => this.#noteEnd(ended()));
    return worker;
  }

  #receive(message: FromThread): void {
    const job = this.#jobs.shift();
    if (message.kind === 'checked') job?.resolve(message.result);
    else job?.reject(Object.assign(new Error(message.message), message.error));
  }

  #noteEnd(reason: Error): void {
    this.#end ??= reason;
    for (const { reject } of this.#jobs.splice(0)) reject(this.#end);
  }
}

function ended(): Error {
  return new Error('A thread of the check has ended');
}
