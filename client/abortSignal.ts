import type { CancellationToken } from 'vscode';

/** A token of VS Code as a signal. */
export function toSignal(token: CancellationToken): AbortSignal {
  const stop = new AbortController();
  if (token.isCancellationRequested) stop.abort();
  token.onCancellationRequested(() => stop.abort());
  return stop.signal;
}
