import { setTimeout as pause } from 'node:timers/promises';

const pauseMs = 50;

/** What a person waits for takes a second at most; on a machine that is busy with other work, many times that. */
export const stepLimitMs = 60_000;

/**
 * Asks `probe` again and again until it answers something other than undefined, and returns that. Throws after `limitMs`,
 * saying what was awaited. For what cannot be listened to; where there is an event, use the event.
 */
export async function until<T>(
  awaited: string,
  probe: () => Promise<T | undefined> | T | undefined,
  limitMs = stepLimitMs,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    await pause(pauseMs);
  }
  throw new Error(`Waited ${limitMs / 1000} s in vain for ${awaited}.`);
}
