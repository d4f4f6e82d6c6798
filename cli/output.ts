import type { Writable } from 'node:stream';
import { describeSystemError, isSystemError } from './systemError.ts';
import { UsageError } from './io.ts';

/** Characters that are written at once. */
const batchLength = 1 << 16;

/** Standard output: written no faster than its reader reads, and silently given up when the reader is gone. */
export class Output {
  readonly #stream: Writable;
  #isClosed = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    // Each write hears of its own error; without a listener the event would end the process.
    stream.on('error', () => undefined);
  }

  /** Whether nobody reads any more, as after `… | head`. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Throws a `UsageError` if the device takes no more. */
  async write(texts: Iterable<string>): Promise<void> {
    let batch = '';
    for (const text of texts) {
      batch += text;
      if (batch.length < batchLength) continue;
      await this.#flush(batch);
      batch = '';
    }
    await this.#flush(batch);
  }

  async #flush(batch: string): Promise<void> {
    if (batch === '' || this.#isClosed) return;
    const error = await new Promise<Error | null | undefined>((resolve) => {
      this.#stream.write(batch, resolve);
    });
    if (!error) return;
    this.#isClosed = true;
    if (!isSystemError(error)) throw error;
    if (error.code !== 'EPIPE') throw new UsageError(`cannot write: ${describeSystemError(error)}`);
  }
}
