import { HostQueue } from './hostQueue.ts';
import type { RemoteLimits } from './remoteLimits.ts';
import type { RemoteTarget } from './remoteTargets.ts';

/** Does something with each image on the web, a few at a time, hosts taking turns. Begins none more once told to end. */
export async function visitTargets(
  targets: readonly RemoteTarget[],
  { maxAtOnce, maxAtOncePerHost }: Pick<RemoteLimits, 'maxAtOnce' | 'maxAtOncePerHost'>,
  visit: (target: RemoteTarget) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const queue = new HostQueue(targets, maxAtOncePerHost);
  const running = new Set<Promise<void>>();
  for (;;) {
    const isFree = !signal?.aborted && running.size < maxAtOnce;
    const target = isFree ? queue.take() : undefined;
    if (target) {
      const run = visit(target).finally(() => {
        queue.release(target);
        running.delete(run);
      });
      running.add(run);
    } else if (running.size > 0) await Promise.race(running);
    else break;
  }
}
