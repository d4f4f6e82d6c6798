import type { IncomingMessage } from 'node:http';
import { formatCount } from '../text/formatCount.ts';
import { ask, askFollowing, describeStatus, type Answer, type AskOptions } from './ask.ts';
import { Body } from './body.ts';
import { rangeOf, readContentRange } from './contentRange.ts';
import { Unfetchable } from './unfetchable.ts';

/** What is read of an image. */
export interface ReadingOptions extends AskOptions {
  /** Bytes that are asked for first. */
  readonly headBytes: number;
  /** Where a server does not tell how long an image is, it is counted up to here. */
  readonly maxImageBytes: number;
}

/** The ends of an image on the web, which grow as far as somebody wants to see them. */
export class RemoteBytes implements Disposable {
  /** Of the whole image. */
  readonly byteLength: number;
  /** As the server declares it; undefined where it does not, or not in a form there is. */
  readonly mediaType: string | undefined;
  #head: Buffer;
  #tail: Buffer = Buffer.alloc(0);
  readonly #url: URL;
  readonly #options: ReadingOptions;
  /** Sends the whole image, of which the head has been read; undefined where the server sends parts. */
  readonly #whole: Body | undefined;

  private constructor(
    { url, response }: Answer,
    read: { readonly head: Buffer; readonly byteLength: number; readonly whole?: Body },
    options: ReadingOptions,
  ) {
    this.byteLength = read.byteLength;
    this.mediaType = mediaTypeOf(response);
    this.#head = read.head;
    this.#url = url;
    this.#options = options;
    this.#whole = read.whole;
  }

  /** Asks for the head. Throws an `Unfetchable` where there is no image to be had, or whatever ended the connection. */
  static async open(url: URL, options: ReadingOptions): Promise<RemoteBytes> {
    const answer = await askFollowing(url, rangeOf(0, options.headBytes), options);
    return RemoteBytes.#read(answer, options);
  }

  static async #read(answer: Answer, options: ReadingOptions): Promise<RemoteBytes> {
    const { url, response } = answer;
    try {
      if (response.statusCode === 200) return await RemoteBytes.#readWhole(answer, options);
      if (response.statusCode === 416) return RemoteBytes.#readNothing(answer, options);
      if (response.statusCode !== 206) throw wrongStatus(response);
      const range = readContentRange(response.headers['content-range']);
      if (range?.start !== 0) {
        throw new Unfetchable('network', 'the server sent another part than it was asked for');
      }
      if (range.total === undefined) {
        response.destroy();
        const whole = await ask(url, undefined, options);
        if (whole.statusCode !== 200) throw wrongStatus(whole);
        return await RemoteBytes.#readWhole({ url, response: whole }, options);
      }
      guardEncoding(response);
      const head = await readPart(response, Math.min(range.end, options.headBytes));
      return new RemoteBytes(answer, { head, byteLength: range.total }, options);
    } catch (error) {
      response.destroy();
      throw error;
    }
  }

  /** Of a server that sends no parts. */
  static async #readWhole(answer: Answer, options: ReadingOptions): Promise<RemoteBytes> {
    const { response } = answer;
    guardEncoding(response);
    const whole = new Body(response);
    const length = response.headers['content-length'];
    if (length !== undefined) {
      const head = await whole.readTo(options.headBytes);
      return new RemoteBytes(answer, { head, byteLength: Number(length), whole }, options);
    }
    const { maxImageBytes } = options;
    const bytes = await whole.readTo(maxImageBytes + 1);
    if (bytes.length > maxImageBytes) {
      throw new Unfetchable('too-large', `it is larger than ${formatCount(maxImageBytes)} bytes`);
    }
    return new RemoteBytes(answer, { head: bytes, byteLength: bytes.length }, options);
  }

  /** An empty file has no first byte to ask for. */
  static #readNothing(answer: Answer, options: ReadingOptions): RemoteBytes {
    const { response } = answer;
    if (response.headers['content-range'] !== 'bytes */0') throw wrongStatus(response);
    response.destroy();
    return new RemoteBytes(answer, { head: Buffer.alloc(0), byteLength: 0 }, options);
  }

  get head(): Buffer {
    return this.#head;
  }

  get tail(): Buffer {
    return this.#head.length >= this.byteLength ? this.#head : this.#tail;
  }

  /** Whether the head is as long as that by now. */
  async growHead(length: number): Promise<boolean> {
    const end = Math.min(length, this.byteLength);
    const start = this.#head.length;
    if (this.#whole) this.#head = await this.#whole.readTo(end);
    else this.#head = Buffer.concat([this.#head, await this.#readRange(start, end)]);
    return this.#head.length >= end;
  }

  /**
   * Whether the tail is as long as that by now: only a server that sends parts has one. Of an image that is too large
   * anyway, no more than a head is fetched to find its end.
   */
  async growTail(length: number): Promise<boolean> {
    const { headBytes, maxImageBytes } = this.#options;
    const isTooMuch = this.byteLength > maxImageBytes && length > headBytes;
    if (this.#whole || isTooMuch) return false;
    const start = Math.max(0, this.byteLength - length);
    const end = this.byteLength - this.#tail.length;
    this.#tail = Buffer.concat([await this.#readRange(start, end), this.#tail]);
    return this.#tail.length >= this.byteLength - start;
  }

  /** Nothing where the server does not send that part, or where the image has another length by now. */
  async #readRange(start: number, end: number): Promise<Buffer> {
    const nothing = Buffer.alloc(0);
    const response = await ask(this.#url, rangeOf(start, end), this.#options);
    const range = readContentRange(response.headers['content-range']);
    const isAsIs = response.headers['content-encoding'] === undefined;
    const isThePart =
      range?.start === start && range.end === end && range.total === this.byteLength;
    if (response.statusCode !== 206 || !isAsIs || !isThePart) {
      response.destroy();
      return nothing;
    }
    const bytes = await readPart(response, end - start);
    return bytes.length === end - start ? bytes : nothing;
  }

  [Symbol.dispose](): void {
    this.#whole?.[Symbol.dispose]();
  }
}

/** One byte more shows whether it ends there: then the connection can serve again. */
async function readPart(response: IncomingMessage, length: number): Promise<Buffer> {
  using body = new Body(response);
  return (await body.readTo(length + 1)).subarray(0, length);
}

function wrongStatus(response: IncomingMessage): Unfetchable {
  response.destroy();
  const detail = `the server answered ${describeStatus(response)}`;
  return new Unfetchable('status', detail, response.statusCode);
}

/** A server that packs all the same sends something else than the image: it is not unpacked. */
function guardEncoding(response: IncomingMessage): void {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() === 'identity') return;
  response.destroy();
  throw new Unfetchable('network', 'the server sent it packed, which it was asked not to');
}

/** `image/png` of `Image/PNG; charset=binary`. */
function mediaTypeOf({ headers }: IncomingMessage): string | undefined {
  return /^[\w.+-]{1,20}\/[\w.+-]{1,40}/.exec(headers['content-type'] ?? '')?.[0].toLowerCase();
}
