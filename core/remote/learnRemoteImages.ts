import type { LearntImage } from '../image/learntImages.ts';
import { HostQueue } from './hostQueue.ts';
import { learnRemoteImage, type FetchOptions } from './learnRemoteImage.ts';
import type { RemoteCache } from './remoteCache.ts';
import { remoteLimits } from './remoteLimits.ts';
import type { RemoteTarget } from './remoteTargets.ts';

export interface LearnOptions extends FetchOptions {
  /** Remembers what was learnt before, and from now on. */
  readonly cache?: RemoteCache | undefined;
  /** After each image, with how many are done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Learns of many images, a few at a time, and gives what `LearntImages` takes: by address as it stands in records. When told
 * to end, gives what it has learnt until then.
 */
export async function learnRemoteImages(
  targets: readonly RemoteTarget[],
  options: LearnOptions,
): Promise<Map<string, LearntImage>> {
  const { limits = remoteLimits, cache, onProgress, signal } = options;
  const queue = new HostQueue(targets, limits.maxAtOncePerHost);
  const learnt = new Map<string, LearntImage>();
  const running = new Set<Promise<void>>();
  let done = 0;
  for (;;) {
    const isFree = !signal?.aborted && running.size < limits.maxAtOnce;
    const target = isFree ? queue.take() : undefined;
    if (target) {
      const run = learn(target).finally(() => running.delete(run));
      running.add(run);
    } else if (running.size > 0) await Promise.race(running);
    else break;
  }
  await cache?.prune();
  return learnt;

  async function learn(target: RemoteTarget): Promise<void> {
    try {
      const known = await cache?.get(target.href);
      const image = known ?? (await learnRemoteImage(new URL(target.href), options));
      if (!known) await cache?.put(target.href, image);
      for (const address of target.addresses) learnt.set(address, image);
      onProgress?.(++done);
    } catch (error) {
      if (!signal?.aborted) throw error;
    } finally {
      queue.release(target);
    }
  }
}
