import type { CheckContext } from '../core/check/context.ts';
import type { Provider } from '../core/profile/profile.ts';
import type { Clock } from './clock.ts';
import type { ContentStore } from './contentStore.ts';
import type { PendingWork } from './pendingWork.ts';

/** What all resources of one provider's account share. */
export interface Environment {
  readonly provider: Provider;
  readonly clock: Clock;
  readonly store: ContentStore;
  readonly work: PendingWork;
  /** Milliseconds, speed taken into account. */
  readonly durations: Durations;
  /** Profile, limits and today, as of now. */
  readonly context: () => CheckContext;
}

export interface Durations {
  /** From a file's arrival to its verdict. */
  readonly processing: number;
  /** Of a job: looking at its files, waiting, all its steps together, and writing its results. */
  readonly validating: number;
  readonly queued: number;
  readonly training: number;
  readonly finishing: number;
}

/** Long enough to be watched, short enough to be waited for: half a minute from file to model. */
export const unhurried: Durations = {
  processing: 1500,
  validating: 3000,
  queued: 2000,
  training: 20_000,
  finishing: 1500,
};

export function hurry(durations: Durations, speed: number): Durations {
  const { processing, validating, queued, training, finishing } = durations;
  return {
    processing: processing / speed,
    validating: validating / speed,
    queued: queued / speed,
    training: training / speed,
    finishing: finishing / speed,
  };
}
