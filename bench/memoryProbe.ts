/** In the process that is measured: tells its memory when it is asked to, after collecting garbage. Needs `--expose-gc`. */
import { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { probeDescriptor } from './probeDescriptor.ts';

const wire = new Socket({ fd: probeDescriptor });
wire.on('data', () => void tell());
wire.unref();

async function tell(): Promise<void> {
  // What a collection lets go of may be freed by the next one only.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await setImmediate();
  }
  wire.write(JSON.stringify(process.memoryUsage()));
}
