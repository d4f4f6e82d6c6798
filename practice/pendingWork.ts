/** What the service does by itself, besides answering: so that a test can wait until it stands still. */
export class PendingWork {
  readonly #running = new Set<Promise<unknown>>();

  /** Never rejects: what fails is told to `fail`. */
  start(work: () => Promise<void>, fail: (error: unknown) => void): void {
    const running = work()
      .catch(fail)
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when nothing is being done any more that does not wait for the clock. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
