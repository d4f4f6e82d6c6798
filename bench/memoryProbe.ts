/** In the process that is measured: tells its memory when it is asked to, after collecting garbage. Needs `--expose-gc`. */
import { setImmediate } from 'node:timers/promises';

process.on('message', () => void tell());
process.channel?.unref();

async function tell(): Promise<void> {
  // What a collection lets go of may be freed by the next one only.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await setImmediate();
  }
  process.send?.(process.memoryUsage());
}
