import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
} from 'vscode-languageserver';
import type { Host } from './host.ts';

/**
 * Fences a feature: messages that have arrived are read first, so that a cancellation counts; a cancelled request is
 * answered as such and never as an empty result; a bug is logged, and ends this request alone.
 */
export function guard<P, R>(
  name: string,
  host: Host,
  log: (line: string) => void,
  answer: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError> {
  return async (params, token) => {
    const started = host.now();
    try {
      await host.yield();
      const result = token.isCancellationRequested ? undefined : await answer(params, token);
      if (token.isCancellationRequested)
        return new ResponseError(LSPErrorCodes.RequestCancelled, `${name} cancelled`);
      return result as R;
    } catch (error) {
      const took = Math.round(host.now() - started);
      log(
        `${name} failed after ${took} ms: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return new ResponseError(ErrorCodes.InternalError, `${name} failed; see the log`);
    }
  };
}
