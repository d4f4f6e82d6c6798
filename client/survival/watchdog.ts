/** How often it is looked whether the server answers, in milliseconds. */
const every = 250;

/** Looks without an answer, two seconds of them, after which the server is taken to be in a loop. */
const maxLooks = 8;

export interface WatchedServer {
  /** Whether there is anything that it might be in a loop about. */
  isBusy(): boolean;
  /** Resolves when the server has answered, whatever it said. */
  ping(): Promise<unknown>;
  /** Ends it from outside. Called once for each time that it hangs. */
  end(): void;
}

/**
 * Ends a server that does not yield for two seconds. What counts is looks and not the clock: while this process is held up itself,
 * or the machine sleeps, nobody looks.
 */
export class Watchdog {
  readonly #server: WatchedServer;
  readonly #timer: NodeJS.Timeout;
  /** Undefined while no answer is waited for. */
  #looks: number | undefined;

  constructor(server: WatchedServer) {
    this.#server = server;
    this.#timer = setInterval(() => this.look(), every);
    this.#timer.unref();
  }

  dispose(): void {
    clearInterval(this.#timer);
  }

  /** What the timer calls. */
  look(): void {
    if (this.#looks !== undefined) {
      if (++this.#looks === maxLooks) this.#server.end();
      return;
    }
    if (!this.#server.isBusy()) return;
    this.#looks = 0;
    const answered = (): void => {
      this.#looks = undefined;
    };
    // One that has ended answers with an error.
    this.#server.ping().then(answered, answered);
  }
}
