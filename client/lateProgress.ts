import { ProgressLocation, window, type CancellationToken, CancellationTokenSource } from 'vscode';
import { showPercent } from './showPercent.ts';

/** Work that takes longer than this shows that it goes on, in milliseconds. */
const patience = 1000;

/**
 * Runs a task, with a notification that can cancel it once it takes more than a second, and that says how much of all is done
 * where the task tells. Undefined when cancelled.
 */
export async function withLateProgress<T>(
  title: string,
  run: (token: CancellationToken, tell: (done: number, all: number) => void) => Thenable<T>,
): Promise<T | undefined> {
  const source = new CancellationTokenSource();
  let show: ReturnType<typeof showPercent> | undefined;
  const result = Promise.resolve(run(source.token, (done, all) => show?.(done, all)));
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, async (progress, token) => {
      show = showPercent(progress);
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
