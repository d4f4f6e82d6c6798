import type { IncomingMessage } from 'node:http';
import { asBuffer } from '../text/asBuffer.ts';

/** The body of an answer, read no further than asked. */
export class Body implements Disposable {
  readonly #response: IncomingMessage;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #read: Buffer[] = [];
  #byteLength = 0;
  #hasEnded = false;

  constructor(response: IncomingMessage) {
    this.#response = response;
    this.#chunks = response[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  /** Whether the server has sent all of it. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The first `length` bytes, or all there are. Rejects where the connection is cut or given up. */
  async readTo(length: number): Promise<Buffer> {
    while (this.#byteLength < length && !this.#hasEnded) {
      const next = await this.#chunks.next();
      if (next.done) this.#hasEnded = true;
      else {
        this.#read.push(asBuffer(next.value));
        this.#byteLength += next.value.length;
      }
    }
    const bytes = Buffer.concat(this.#read, this.#byteLength);
    this.#read = [bytes];
    return bytes.subarray(0, length);
  }

  /** What is still to come is not wanted: the connection ends, unless all of it is here. */
  [Symbol.dispose](): void {
    if (!this.#hasEnded) this.#response.destroy();
  }
}
