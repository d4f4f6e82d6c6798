import { setTimeout } from 'node:timers/promises';
import type { Io } from '../io.ts';

/** How long a second Ctrl+C is waited for, in milliseconds. */
const secondChance = 5000;

/** Ctrl+C while something is sent: the first stops it, a second one says that nothing of it is to be kept. */
export class Stop {
  readonly #io: Pick<Io, 'onInterrupt'>;
  readonly #first = new AbortController();
  readonly #second = new AbortController();
  #stopListening: () => void;

  constructor(io: Pick<Io, 'onInterrupt'>) {
    this.#io = io;
    this.#stopListening = io.onInterrupt(() => {
      this.#first.abort();
      // Handlers are taken away once all of them have been told.
      queueMicrotask(() => {
        this.#listenAgain();
      });
      return 'wait';
    });
  }

  /** Aborted by the first. */
  get signal(): AbortSignal {
    return this.#first.signal;
  }

  get isStopped(): boolean {
    return this.#first.signal.aborted;
  }

  /** Whether the second comes, soon. */
  async isSecond(): Promise<boolean> {
    const { signal } = this.#second;
    await setTimeout(secondChance, undefined, { signal }).catch(() => undefined);
    return signal.aborted;
  }

  end(): void {
    this.#stopListening();
  }

  #listenAgain(): void {
    this.#stopListening = this.#io.onInterrupt(() => {
      this.#second.abort();
      return 'wait';
    });
  }
}
