import { Writable } from 'node:stream';
import { keyVariables } from './keyVariables.ts';
import type { Io } from './io.ts';

/** What is shorter is no key, and would take pieces out of words. */
const leastSecretLength = 8;

/** Stands where a key would have been printed. */
export const placeholder = '[credential]';

/**
 * The same process, but for its streams: no key of the environment gets through them, whoever prints it and in
 * whichever message. Without keys they are the streams themselves.
 */
export function redactedIo(io: Io): Io {
  const secrets = keyVariables
    .map((name) => io.env[name]?.trim() ?? '')
    .filter((secret) => secret.length >= leastSecretLength);
  if (secrets.length === 0) return io;
  const redact = (text: string): string =>
    secrets.reduce((redacted, secret) => redacted.replaceAll(secret, placeholder), text);
  const { isTerminal, columns, env, cwd, today, now, onInterrupt, network, screen, service } = io;
  return {
    // Read when it is asked for, and not before: to look at it is to open it.
    get stdin() {
      return io.stdin;
    },
    stdout: new RedactedStream(io.stdout, redact),
    stderr: new RedactedStream(io.stderr, redact),
    isTerminal,
    columns,
    env,
    cwd,
    today,
    now,
    onInterrupt,
    ...(network && { network }),
    ...(screen && { screen }),
    ...(service && { service }),
  };
}

type Done = (error?: Error | null) => void;

/** Passes on what is written, at once. A message is written whole, so that a key is never in two pieces. */
class RedactedStream extends Writable {
  readonly #target: Writable;
  readonly #redact: (text: string) => string;

  constructor(target: Writable, redact: (text: string) => string) {
    super();
    this.#target = target;
    this.#redact = redact;
    // Each write hears of its own error.
    target.on('error', () => undefined);
  }

  override write(
    chunk: string | Buffer,
    encodingOrDone?: BufferEncoding | Done,
    done?: Done,
  ): boolean {
    const text = this.#redact(chunk.toString());
    return this.#target.write(text, typeof encodingOrDone === 'function' ? encodingOrDone : done);
  }
}
