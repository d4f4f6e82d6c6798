/** Undoes what is half done. `end`: the process may end now. `wait`: what was told ends it by itself. */
export type InterruptHandler = () => 'end' | 'wait';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** What a process has to be told of signals. */
export interface SignalledProcess {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: NodeJS.SignalsListener): unknown;
  off(signal: NodeJS.Signals, listener: NodeJS.SignalsListener): unknown;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

/**
 * Listens to Ctrl+C and SIGTERM only while somebody has something to undo: a listener runs between two turns of the
 * event loop, so that while there is one no signal ends work that takes long.
 */
export class Interruption {
  readonly #process: SignalledProcess;
  readonly #handlers = new Set<InterruptHandler>();

  constructor(process: SignalledProcess) {
    this.#process = process;
  }

  /** Gives a function that takes the handler away. */
  readonly add = (handler: InterruptHandler): (() => void) => {
    if (this.#handlers.size === 0) {
      for (const signal of signals) this.#process.on(signal, this.#interrupt);
    }
    this.#handlers.add(handler);
    return () => {
      if (this.#handlers.delete(handler) && this.#handlers.size === 0) this.#stopListening();
    };
  };

  /** Each handler is told once: whoever is not patient sends the signal again. */
  readonly #interrupt = (signal: NodeJS.Signals): void => {
    const answers = [...this.#handlers].map((handler) => handler());
    this.#handlers.clear();
    this.#stopListening();
    // The default action, so that the status tells of the signal.
    if (!answers.includes('wait')) this.#process.kill(this.#process.pid, signal);
  };

  #stopListening(): void {
    for (const signal of signals) this.#process.off(signal, this.#interrupt);
  }
}
