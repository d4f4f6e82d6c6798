import { systemClock, type Clock } from './clock.ts';
import type { Credential } from './credential.ts';
import { urlOf, type Endpoint } from './endpoint.ts';
import { replyError } from './replyError.ts';
import { withRetries } from './retry.ts';
import { send, type Reply, type RequestBody, type ServiceRequest } from './send.ts';
import { ServiceError } from './serviceError.ts';

export interface ServiceClientOptions {
  readonly endpoint: Endpoint;
  readonly credential: Credential;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** How long nothing may happen on the wire, in milliseconds. */
  readonly patience?: number;
}

type Parameters = Readonly<Record<string, string | number | undefined>>;

/**
 * Speaks to one endpoint with one credential. Every method throws a `ServiceError` where the service did not do what
 * was asked, or where nobody can know.
 */
export class ServiceClient {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  readonly #credential: Credential;
  readonly #random: () => number;
  readonly #patience: number | undefined;

  constructor({ endpoint, credential, clock, random, patience }: ServiceClientOptions) {
    this.endpoint = endpoint;
    this.clock = clock ?? systemClock;
    this.#credential = credential;
    this.#random = random ?? Math.random;
    this.#patience = patience;
  }

  /** Reads JSON; tries again what passes by itself. */
  async get(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<unknown> {
    return parseReply(await this.#retried('GET', path, parameters, signal));
  }

  /** Reads a file's content. */
  async getBytes(path: string, signal?: AbortSignal): Promise<Buffer> {
    return (await this.#retried('GET', path, undefined, signal)).body;
  }

  /** For what is the same when done twice: a deletion, a cancellation. */
  async delete(path: string, signal?: AbortSignal): Promise<void> {
    await this.#retried('DELETE', path, undefined, signal);
  }

  async postRepeatable(path: string, signal?: AbortSignal): Promise<unknown> {
    return parseReply(await this.#retried('POST', path, undefined, signal));
  }

  /** Sends a body once, and never again: what creates something may have done so although no answer came. */
  async postOnce(path: string, body: RequestBody, signal?: AbortSignal): Promise<unknown> {
    return parseReply(await this.#send({ method: 'POST', url: this.#url(path), body, signal }));
  }

  async #retried(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    parameters?: Parameters,
    signal?: AbortSignal,
  ): Promise<Reply> {
    const url = this.#url(path, parameters);
    // Azure answers 411 to a POST without a body.
    const body = method === 'POST' ? { body: jsonBody({}) } : {};
    return withRetries(async () => this.#send({ method, url, signal, ...body }), {
      clock: this.clock,
      random: this.#random,
      signal,
    });
  }

  async #send(request: Omit<ServiceRequest, 'credential'>): Promise<Reply> {
    const patience = this.#patience;
    const reply = await send({
      ...request,
      credential: this.#credential,
      ...(patience !== undefined && { patience }),
    });
    const error = replyError(this.#withoutSecret(reply), request.url.host, this.clock.now());
    if (error) throw error;
    return reply;
  }

  /** What refuses a key may repeat it, and its words end up in messages and in the journal. */
  #withoutSecret(reply: Reply): Reply {
    if (reply.status < 300) return reply;
    return { ...reply, body: Buffer.from(this.#credential.redact(reply.body.toString('utf8'))) };
  }

  #url(path: string, parameters?: Parameters): URL {
    return urlOf(this.endpoint, path, parameters);
  }
}

export function jsonBody(value: unknown): RequestBody {
  const bytes = Buffer.from(JSON.stringify(value));
  return {
    contentType: 'application/json',
    byteLength: bytes.length,
    // eslint-disable-next-line @typescript-eslint/require-await -- one chunk in the form of many
    chunks: async function* () {
      yield bytes;
    },
  };
}

/** A success whose body is no JSON comes from something in between, which may have passed the request on. */
function parseReply({ status, body }: Reply): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new ServiceError(
      'not-the-service',
      'The answer is not JSON. Check the endpoint, and whether a proxy answers in place of the service.',
      { outcome: 'unknown', status },
    );
  }
}
