import type { Clock } from '../../practice/clock.ts';
import type { PracticeService } from '../../practice/practice.ts';

interface Waiting {
  readonly time: number;
  readonly action: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-11-21T12:00:00Z');
  #waiting: Waiting[] = [];
  #listener: (milliseconds: number) => void = () => undefined;

  now(): number {
    return this.#now;
  }

  after(milliseconds: number, action: () => void): () => void {
    const waiting = { time: this.#now + milliseconds, action };
    this.#waiting.push(waiting);
    this.#listener(milliseconds);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
    };
  }

  /** Hears of everybody who begins to wait, and how long for. */
  onAwaited(listener: (milliseconds: number) => void): void {
    this.#listener = listener;
  }

  /** Goes on, through each moment that something waits for, until the service stands still. */
  async advance(service: PracticeService, milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await service.idle();
    for (;;) {
      const next = this.#waiting
        .filter(({ time }) => time <= end)
        .reduce<Waiting | undefined>((a, b) => (a && a.time <= b.time ? a : b), undefined);
      if (!next) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.time);
      next.action();
      await service.idle();
    }
    this.#now = end;
  }
}
