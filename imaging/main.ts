import './preferWebAssembly.ts';
import { collectGarbage } from './collectGarbage.ts';
import { describeProblem } from './describeProblem.ts';
import { ImagingError } from './imagingError.ts';
import type { ImagingAnswer, ImagingRequest } from './protocol.ts';
import { tasks } from './tasks.ts';
import { watchMemory } from './watchMemory.ts';

/** The image process: one request at a time, until nobody is there to ask. */
process.on('message', (request: ImagingRequest) => void answer(request));
// An orderly exit would wait for threads that may be deep in a picture, and fails in the library's own clearing up.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

async function answer({ id, task, bytes, parameters, limits }: ImagingRequest): Promise<void> {
  using _watch = watchMemory(limits.maxMemory, (reason) => {
    send({ id, kind: 'exhausted', reason });
  });
  // WebAssembly gives no memory back: after a huge picture the next one would find too little.
  const isLast = (): boolean => process.memoryUsage.rss() > limits.maxMemory / 2;
  try {
    const perform = tasks[task] as (...args: unknown[]) => Promise<never>;
    const result = await perform(bytes, parameters, limits);
    send({ id, kind: 'done', result, isLast: isLast() });
  } catch (error) {
    send({ id, kind: 'failed', reason: describe(error), isLast: isLast() });
  }
  collectGarbage();
}

function describe(error: unknown): string {
  if (error instanceof ImagingError) return error.message;
  return `it cannot be decoded: ${describeProblem(error)}`;
}

/** Whoever asked may be gone by now. */
function send(message: ImagingAnswer): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
