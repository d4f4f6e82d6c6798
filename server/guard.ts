import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
} from 'vscode-languageserver';
import type { Host } from './host.ts';

/** How far the session with the client has come. */
export type Stage = 'new' | 'initialized' | 'shut down';

/** Answers a request. May wait, and then looks at the token now and then. */
type Answer<P, R> = (params: P, token: CancellationToken) => R | Promise<R>;

/**
 * Makes fences around features. A request out of its time or about nothing is refused, as LSP wants it. Messages that have arrived are read first, so that a cancellation counts, and a
 * cancelled request is answered at once, as cancelled and never as an empty result. A bug is logged and ends this
 * request alone: with `otherwise` for an answer where the editor asks by itself, for it would show an error at each
 * move of the pointer, and with an error where a person asked.
 */
export function guardWith(host: Host, log: (line: string) => void, stage: () => Stage) {
  return function guard<P, R>(
    name: string,
    answer: Answer<P, R>,
    otherwise?: R,
  ): (params: P, token: CancellationToken) => Promise<R | ResponseError> {
    return async (params, token) => {
      const refusal = refusalOf(name, params, stage());
      if (refusal) return refusal;
      const started = host.now();
      const cancelled = new ResponseError(LSPErrorCodes.RequestCancelled, `${name} cancelled`);
      try {
        await host.yield();
        if (token.isCancellationRequested) return cancelled;
        return await Promise.race([answer(params, token), cancellation(token, cancelled)]);
      } catch (error) {
        const took = Math.round(host.now() - started);
        log(`${name} of ${uriOf(params)} failed after ${took} ms: ${describeError(error)}`);
        return otherwise === undefined
          ? new ResponseError(ErrorCodes.InternalError, `${name} failed; see the log`)
          : otherwise;
      }
    };
  };
}

function refusalOf(name: string, params: unknown, stage: Stage): ResponseError | undefined {
  if (stage === 'new')
    return new ResponseError(ErrorCodes.ServerNotInitialized, `${name} before "initialize"`);
  if (stage === 'shut down')
    return new ResponseError(ErrorCodes.InvalidRequest, `${name} after "shutdown"`);
  if (typeof params === 'object' && params !== null) return undefined;
  return new ResponseError(ErrorCodes.InvalidParams, `${name} needs parameters`);
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What a request is about, whatever it is made of. */
function uriOf(params: unknown): string {
  const { uri, textDocument } = (params ?? {}) as {
    uri?: unknown;
    textDocument?: { uri?: unknown } | null;
  };
  const found = textDocument?.uri ?? uri;
  return typeof found === 'string' ? found : 'an unknown file';
}

/** Gives a value when a request is cancelled. */
function cancellation<T>(token: CancellationToken, value: T): Promise<T> {
  return new Promise((resolve) => token.onCancellationRequested(() => resolve(value)));
}
