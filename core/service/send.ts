import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout } from 'node:timers/promises';
import type { Credential } from './credential.ts';
import { connectionError, tooLongReply } from './connectionError.ts';
import { ServiceError } from './serviceError.ts';

/** One request. It is sent once: whether it may be sent again is for the caller to know. */
export interface ServiceRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly credential: Credential;
  readonly body?: RequestBody;
  readonly signal?: AbortSignal | undefined;
  /** How long nothing may happen on the wire, in milliseconds. */
  readonly patience?: number;
  /** Ends the request once more of the answer has come, in bytes. */
  readonly maxReplyBytes?: number;
}

export interface RequestBody {
  readonly contentType: string;
  readonly byteLength: number;
  /** Called once. Each piece has left when the next one is asked for, so that all may be in the same memory. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** A complete answer, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A submission waits for a service that scans images while it answers; the SDKs wait ten times as long. */
const defaultPatience = 60_000;
/** Lists of jobs and result files are far below. */
const defaultReplyBytes = 32 * 1024 * 1024;

/**
 * Sends a request and reads the whole answer. Follows no redirect, keeps no cookie, reads no environment. Throws a
 * `ServiceError` where no complete answer came; its outcome tells whether the service may have carried the request out.
 */
export async function send(request: ServiceRequest): Promise<Reply> {
  const exchange = new Exchange(request);
  try {
    return await exchange.run();
  } catch (error) {
    throw error instanceof ServiceError ? error : connectionError(error, exchange.state());
  }
}

/** How far a request got before it failed. */
export interface ExchangeState {
  readonly host: string;
  /** Whether a connection was made, so that bytes of the request may have left. */
  readonly wasConnected: boolean;
  readonly hadAnswer: boolean;
  readonly wasCancelled: boolean;
  readonly wasSilent: boolean;
  /** In milliseconds. */
  readonly patience: number;
}

class Exchange {
  readonly #request: ServiceRequest;
  readonly #patience: number;
  #wasConnected = false;
  #hadAnswer = false;
  #wasSilent = false;

  constructor(request: ServiceRequest) {
    this.#request = request;
    this.#patience = request.patience ?? defaultPatience;
  }

  state(): ExchangeState {
    return {
      host: this.#request.url.host,
      wasConnected: this.#wasConnected,
      hadAnswer: this.#hadAnswer,
      wasCancelled: this.#request.signal?.aborted ?? false,
      wasSilent: this.#wasSilent,
      patience: this.#patience,
    };
  }

  async run(): Promise<Reply> {
    const { signal, body } = this.#request;
    signal?.throwIfAborted();
    const sent = this.#open();
    const answer = new Promise<Reply>((resolve, reject) => {
      sent.once('response', (message) => {
        this.#hadAnswer = true;
        this.#read(message).then(resolve, reject);
      });
      sent.on('error', reject);
      // An answer that changes the protocol ends the connection without an error.
      sent.once('close', () => {
        if (!this.#hadAnswer) reject(lost());
      });
    });
    const [reply] = await Promise.all([answer, this.#write(sent, body)]);
    return reply;
  }

  #open(): http.ClientRequest {
    const { method, url, credential, body, signal } = this.#request;
    const { request } = url.protocol === 'https:' ? https : http;
    const sent = request(url, {
      method,
      signal,
      // A connection of its own: one that is used again may die with the request already on it.
      agent: false,
      timeout: this.#patience,
      headers: {
        ...credential.headerFor(url),
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'vision-finetune',
        ...(body && { 'content-length': body.byteLength, 'content-type': body.contentType }),
      },
    });
    const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect';
    sent.once('socket', (socket) => {
      socket.once(connected, () => {
        this.#wasConnected = true;
      });
    });
    sent.once('timeout', () => {
      this.#wasSilent = true;
      sent.destroy(new Error('timeout'));
    });
    return sent;
  }

  /** Stops when the connection ends or an answer comes early: then it is the answer that counts. */
  async #write(sent: http.ClientRequest, body: RequestBody | undefined): Promise<void> {
    let isFirst = true;
    try {
      for await (const chunk of body?.chunks() ?? []) {
        if (sent.destroyed || this.#hadAnswer) return;
        await write(sent, chunk);
        if (isFirst && body && body.byteLength > largeBody) await answerWithin(sent, earlyRefusal);
        isFirst = false;
      }
      sent.end();
    } catch (error) {
      // The body cannot be read: the service must not take what it has for the whole.
      sent.destroy();
      throw error;
    }
  }

  async #read(message: http.IncomingMessage): Promise<Reply> {
    const most = this.#request.maxReplyBytes ?? defaultReplyBytes;
    const chunks: Buffer[] = [];
    let byteLength = 0;
    for await (const chunk of message as AsyncIterable<Buffer>) {
      byteLength += chunk.length;
      if (byteLength > most) {
        throw tooLongReply(this.#request.url.host);
      }
      chunks.push(chunk);
    }
    if (!message.complete) throw lost();
    const { statusCode: status = 0, headers } = message;
    return { status, headers, body: Buffer.concat(chunks) };
  }
}

/** As Node says it of a connection that ends early. */
function lost(): Error {
  return Object.assign(new Error('The connection was lost'), { code: 'ECONNRESET' });
}

/** Above this, a body is begun and the service given a moment to refuse it, in bytes. */
const largeBody = 1024 * 1024;
/** How long that is, in milliseconds: more than a round trip, and little against sending a megabyte. */
const earlyRefusal = 250;

/** Waits for an answer or for the end of the connection, but not for long. */
async function answerWithin(sent: http.ClientRequest, milliseconds: number): Promise<void> {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const end = (): void => {
    stop.abort();
  };
  sent.once('response', end).once('close', end);
  await setTimeout(milliseconds, undefined, options).catch(() => undefined);
  sent.off('response', end).off('close', end);
}

/** Pieces up to here are copied and handed over, so that a small request is sent as a whole, in bytes. */
const smallPiece = 64 * 1024;

/**
 * Until a piece has left, or it is in vain. Who refuses a request early hangs up after its answer, and whoever still writes
 * then may not get to read it: so nothing that is small waits in between.
 */
async function write(sent: http.ClientRequest, chunk: Uint8Array): Promise<void> {
  const isSmall = chunk.length <= smallPiece;
  if (isSmall && sent.write(Uint8Array.from(chunk))) return;
  await new Promise<void>((resolve) => {
    const events = ['close', 'response', ...(isSmall ? ['drain'] : [])];
    const end = (): void => {
      for (const event of events) sent.off(event, end);
      resolve();
    };
    // A large body has hundreds of pieces, so nothing is left listening.
    for (const event of events) sent.on(event, end);
    if (!isSmall) sent.write(chunk, end);
  });
}
