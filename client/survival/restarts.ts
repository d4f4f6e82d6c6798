/** Deaths count for so long, in milliseconds. */
const memoryMs = 180_000;

/** After so many deaths in that time no more starts are tried. */
const maxDeaths = 12;

const firstDelayMs = 250;
const longestDelayMs = 15_000;

/** When a server that has died is started again: at once after the first death, later and later after the next ones. */
export class Restarts {
  #deaths: number[] = [];

  /** Milliseconds to wait before the next start; undefined where there is no sense in another one. */
  delayAfterDeath(now: number): number | undefined {
    this.#deaths = [...this.#deaths.filter((time) => now - time < memoryMs), now];
    const before = this.#deaths.length - 1;
    if (before >= maxDeaths) return undefined;
    return before === 0 ? 0 : Math.min(firstDelayMs * 2 ** (before - 1), longestDelayMs);
  }

  /** Whether there is room for a death that is risked. */
  isCalm(now: number): boolean {
    return this.#deaths.filter((time) => now - time < memoryMs).length < maxDeaths / 2;
  }

  /** After somebody has asked for a new start. */
  clear(): void {
    this.#deaths = [];
  }
}
