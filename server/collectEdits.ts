import type { CancellationToken, TextEdit } from 'vscode-languageserver';
import { sliceMs } from './checkLoop.ts';
import type { Host } from './host.ts';

/** Gathers edits that are worked out record by record, and lets other messages in between. */
export async function collectEdits(
  batches: Iterable<readonly TextEdit[]>,
  host: Host,
  token: CancellationToken,
): Promise<TextEdit[]> {
  const edits: TextEdit[] = [];
  let sliceEnd = host.now() + sliceMs;
  for (const batch of batches) {
    for (const edit of batch) edits.push(edit);
    if (host.now() < sliceEnd) continue;
    await host.yield();
    if (token.isCancellationRequested) break;
    sliceEnd = host.now() + sliceMs;
  }
  return edits;
}
