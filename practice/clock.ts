/** The time that the service goes by, so that a test can be the clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once, after so many milliseconds. Gives a function that takes it back. */
  after(milliseconds: number, action: () => void): () => void;
}

/** The clock of the machine. What waits for it keeps no process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** As the services write times: whole seconds since 1970. */
export function unixSeconds(clock: Clock): number {
  return Math.floor(clock.now() / 1000);
}
