import { ProgressLocation, window, type CancellationToken, CancellationTokenSource } from 'vscode';

/** Work that takes longer than this shows that it goes on, in milliseconds. */
const patience = 1000;

/**
 * Runs a task, with a notification that can cancel it once it takes more than a second. Undefined when cancelled.
 */
export async function withLateProgress<T>(
  title: string,
  run: (token: CancellationToken) => Thenable<T>,
): Promise<T | undefined> {
  const source = new CancellationTokenSource();
  const result = Promise.resolve(run(source.token));
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, async (_progress, token) => {
      token.onCancellationRequested(() => source.cancel());
      await result.catch(() => undefined);
    });
  }, patience);
  try {
    return await result;
  } catch (error) {
    if (source.token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
