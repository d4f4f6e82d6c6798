import type { LearntImage } from '../image/learntImages.ts';
import { learnRemoteImage, type FetchOptions } from './learnRemoteImage.ts';
import type { RemoteCache } from './remoteCache.ts';
import { remoteLimits } from './remoteLimits.ts';
import type { RemoteTarget } from './remoteTargets.ts';
import { visitTargets } from './visitTargets.ts';

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
  const learnt = new Map<string, LearntImage>();
  let done = 0;
  await visitTargets(targets, limits, learn, signal);
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
    }
  }
}
