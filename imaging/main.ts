import './preferWebAssembly.ts';
import { ImagingError } from './imagingError.ts';
import type { ImagingAnswer, ImagingRequest } from './protocol.ts';
import { tasks } from './tasks.ts';
import { watchMemory } from './watchMemory.ts';

/** The image process: one request at a time, until nobody is there to ask. */
process.on('message', (request: ImagingRequest) => void answer(request));
process.on('disconnect', () => process.exit());

async function answer({ id, task, bytes, parameters, limits }: ImagingRequest): Promise<void> {
  using _watch = watchMemory(limits.maxMemory, (reason) => {
    send({ id, kind: 'failed', reason }, () => process.exit());
  });
  try {
    const perform = tasks[task] as (...args: unknown[]) => Promise<never>;
    send({ id, kind: 'done', result: await perform(bytes, parameters, limits) });
  } catch (error) {
    send({ id, kind: 'failed', reason: describe(error) });
  }
}

/** What sharp throws is one line or several, each with what libvips stumbled over. */
function describe(error: unknown): string {
  if (error instanceof ImagingError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `it cannot be decoded: ${message.trim().replaceAll(/\s*\n\s*/g, '; ')}`;
}

/** Whoever asked may be gone by now. */
function send(message: ImagingAnswer, sent: () => void = () => undefined): void {
  if (process.connected) process.send?.(message, undefined, undefined, sent);
}
