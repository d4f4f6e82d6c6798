import type { RemoteTarget } from './remoteTargets.ts';

/** What is still to be fetched: hosts take turns, and none is asked for more at a time than it should be. */
export class HostQueue {
  /** In the order of their turns. */
  readonly #waiting = new Map<string, RemoteTarget[]>();
  readonly #running = new Map<string, number>();
  readonly #maxPerHost: number;

  constructor(targets: readonly RemoteTarget[], maxPerHost: number) {
    this.#maxPerHost = maxPerHost;
    for (const target of targets.toReversed()) {
      const others = this.#waiting.get(target.hostname);
      if (others) others.push(target);
      else this.#waiting.set(target.hostname, [target]);
    }
  }

  /** The next one whose host is free; undefined while none is. Goes past no more hosts than are busy. */
  take(): RemoteTarget | undefined {
    for (const [hostname, targets] of this.#waiting) {
      const running = this.#running.get(hostname) ?? 0;
      if (running >= this.#maxPerHost) continue;
      const target = targets.pop();
      this.#waiting.delete(hostname);
      if (targets.length > 0) this.#waiting.set(hostname, targets);
      this.#running.set(hostname, running + 1);
      return target;
    }
    return undefined;
  }

  /** One that was taken is done. */
  release({ hostname }: RemoteTarget): void {
    const running = (this.#running.get(hostname) ?? 0) - 1;
    if (running > 0) this.#running.set(hostname, running);
    else this.#running.delete(hostname);
  }
}
