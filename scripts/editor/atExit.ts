/**
 * What must not outlive this process, however it ends: servers in process groups of their own, temporary folders.
 * The list belongs to the process, as its signals do. Only SIGKILL escapes it.
 */
import { constants } from 'node:os';

const releases = new Set<() => void>();

/** Calls `release`, which must be synchronous, when the process ends. Returns a function that forgets it. */
export function atExit(release: () => void): () => void {
  if (releases.size === 0) listen();
  releases.add(release);
  return () => releases.delete(release);
}

let listening = false;

function listen(): void {
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    // Last in, first out: a folder goes after the server that writes into it.
    for (const release of [...releases].reverse()) release();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
}
