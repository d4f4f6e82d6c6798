import type { CancellationToken } from 'vscode-languageserver';
import { sliceMs } from './checkLoop.ts';
import type { Host } from './host.ts';

/** Gathers what is worked out record by record, such as edits, and lets other messages in between. */
export async function collect<T>(
  batches: Iterable<readonly T[]>,
  host: Host,
  token: CancellationToken,
): Promise<T[]> {
  const collected: T[] = [];
  let sliceEnd = host.now() + sliceMs;
  for (const batch of batches) {
    for (const each of batch) collected.push(each);
    if (host.now() < sliceEnd) continue;
    await host.yield();
    if (token.isCancellationRequested) break;
    sliceEnd = host.now() + sliceMs;
  }
  return collected;
}
