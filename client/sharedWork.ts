/** Work on the way. */
interface Job<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}

/** Work that several may ask for at once and that is done once. It stops when nobody waits for it any more. */
export class SharedWork<T> {
  readonly #jobs = new Map<string, Job<T>>();

  /** Rejects when `signal` aborts, though the work goes on for others. */
  async do(
    name: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const job = this.#jobs.get(name) ?? this.#start(name, work);
    job.waiting++;
    const leave = Promise.withResolvers<never>();
    const abort = (): void => leave.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([job.result, leave.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
      job.waiting--;
      if (job.waiting === 0) this.#end(name, job);
    }
  }

  #start(name: string, work: (signal: AbortSignal) => Promise<T>): Job<T> {
    const stop = new AbortController();
    const job = { result: work(stop.signal), stop, waiting: 0 };
    // Nobody may be waiting when it is stopped.
    job.result.catch(() => undefined);
    this.#jobs.set(name, job);
    return job;
  }

  #end(name: string, job: Job<T>): void {
    if (this.#jobs.get(name) === job) this.#jobs.delete(name);
    job.stop.abort();
  }
}
