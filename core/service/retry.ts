import type { Clock } from './clock.ts';
import { ServiceError, type ErrorKind } from './serviceError.ts';

export interface Retries {
  readonly clock: Clock;
  /** From 0 to 1, so that many clients do not come back at the same moment. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Tries in all, the first included; the SDKs make three. */
const maxAttempts = 5;
const firstWait = 500;
/** Waits grow no longer than this. A service may ask for more, and gets it up to `longestRequestedWait`. */
const longestWait = 15_000;
const longestRequestedWait = 120_000;

/** Failures that pass by themselves. */
const passing: ReadonlySet<ErrorKind> = new Set([
  'no-network',
  'no-connection',
  'timeout',
  'cut',
  'rate-limited',
  'service-failed',
]);

/**
 * Tries again what failed for a reason that passes. For requests that change nothing when they are carried out twice,
 * and for no others.
 */
export async function withRetries<T>(attempt: () => Promise<T>, retries: Retries): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (count === maxAttempts || !isPassing(error)) throw error;
      await retries.clock.sleep(waitBefore(count, error, retries.random()), retries.signal);
    }
  }
}

function isPassing(error: unknown): error is ServiceError {
  return error instanceof ServiceError && passing.has(error.kind);
}

/** In milliseconds: what the service asks for, or twice as long each time, less up to a half. */
export function waitBefore(count: number, { retryAfter }: ServiceError, random: number): number {
  if (retryAfter !== undefined) return Math.min(retryAfter, longestRequestedWait);
  return Math.min(firstWait * 2 ** (count - 1), longestWait) * (1 - random / 2);
}
