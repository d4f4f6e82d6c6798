import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseWithoutKey } from './access.ts';
import type { Account } from './account.ts';
import type { Clock } from './clock.ts';
import type { Contract, FoundOperation } from './contract/contract.ts';
import type { Fault, FaultEffect, Faults } from './faults.ts';
import { noBody, readFormBody, readJsonBody, type ReceivedBody } from './http/body.ts';
import { jsonReply, sendCutReply, sendReply, type Reply } from './http/reply.ts';
import { operations } from './operations/index.ts';
import { kindOfStatus, knownRefusals, Refusal } from './refusal.ts';
import { maxPartBytes } from './resources/uploads.ts';
import type { Outcome } from './requestLog.ts';
import { takeApiVersion, type SurfaceAddress, type SurfaceName } from './surface.ts';

/** What is needed to answer. */
export interface Desk {
  readonly account: Account;
  readonly contract: Contract;
  readonly faults: Faults;
  readonly clock: Clock;
  readonly key: string;
}

/** A request on its surface, and where its answer goes. */
export interface Arrival extends SurfaceAddress {
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly outcome: Outcome;
}

/** An answer that stands in for what would have been done or said. */
class Interrupted extends Error {
  readonly effect: FaultEffect;

  constructor(effect: FaultEffect) {
    super();
    this.effect = effect;
  }
}

/** One request from its first byte to the last of its answer, on the surface that it was sent to. */
export class Exchange {
  readonly #desk: Desk;
  readonly #surface: SurfaceName;
  readonly #path: string;
  readonly #query: URLSearchParams;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #outcome: Outcome;

  constructor(desk: Desk, { surface, path, query, request, response, outcome }: Arrival) {
    this.#desk = desk;
    this.#surface = surface;
    this.#path = path;
    this.#query = query;
    this.#request = request;
    this.#response = response;
    this.#outcome = outcome;
  }

  async answer(): Promise<void> {
    try {
      await this.#answer();
    } finally {
      // What is left of a body that was refused stands in the way of the next request.
      this.#request.resume();
    }
  }

  async #answer(): Promise<void> {
    try {
      const { reply, fault } = await this.#answerAsAsked();
      if (fault) await this.#apply(fault.effect, reply);
      else await this.#send(reply);
    } catch (error) {
      if (error instanceof Interrupted) await this.#apply(error.effect, undefined);
      else if (error instanceof Refusal) await this.#refuse(error);
      else if (!this.#response.destroyed) throw error;
    }
  }

  async #answerAsAsked(): Promise<{ reply: Reply; fault: Fault | undefined }> {
    refuseWithoutKey(this.#request, this.#desk.key, this.#surface);
    takeApiVersion(this.#surface, this.#query);
    const operation = this.#desk.contract.find(this.#request.method ?? '', this.#path);
    this.#outcome.operation = operation.id;
    const moments = this.#desk.faults.take(operation.id);
    await this.#meet(moments.arrival);
    this.#refuseWithoutLength();
    const body = await this.#readBody(operation, moments.body);
    return { reply: await this.#do(operation, body), fault: moments.reply };
  }

  /** Azure's front door takes no POST without a length, not even an empty one. */
  #refuseWithoutLength(): void {
    const { method, headers } = this.#request;
    const hasLength = 'content-length' in headers || 'transfer-encoding' in headers;
    if (this.#surface === 'openai' || method !== 'POST' || hasLength) return;
    throw new Refusal('lengthRequired', 'The request must be chunked or have a content length.');
  }

  async #readBody(operation: FoundOperation, fault: Fault | undefined): Promise<ReceivedBody> {
    const { account } = this.#desk;
    // Who stops reading early still answers, which takes the connection.
    const all = this.#request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const bytes = fault ? interruptAfter(all, fault) : all;
    switch (operation.takes) {
      case 'nothing':
        return noBody;
      case 'json':
        return readJsonBody(bytes);
      case 'form': {
        const type = this.#request.headers['content-type'] ?? '';
        const { maxFileBytes } = account.environment.context().limits;
        const most = operation.id === 'addPart' ? maxPartBytes : maxFileBytes;
        return readFormBody(bytes, type, account.environment.store, most);
      }
    }
  }

  async #do({ id, parameters }: FoundOperation, body: ReceivedBody): Promise<Reply> {
    const { account } = this.#desk;
    try {
      this.#judge(id, body);
      const call = { surface: this.#surface, account, parameters, query: this.#query, body };
      const reply = await operations[id](call);
      this.#outcome.isDone = true;
      return reply;
    } catch (error) {
      for (const { content } of body.files.values())
        await account.environment.store.remove(content);
      throw error;
    }
  }

  #judge(operation: FoundOperation['id'], { value }: ReceivedBody): void {
    const { method = '', headers } = this.#request;
    const problems = this.#desk.contract.judgeRequest(
      {
        method,
        path: this.#path,
        query: this.#query.toString(),
        // Of those, the contract asks for nothing but the type of the body.
        headers: { 'content-type': headers['content-type'] ?? '' },
        body: value,
      },
      operation,
    );
    this.#outcome.problems = problems;
    const [first] = problems;
    if (first) throw new Refusal('badRequest', first.message, { param: first.path });
  }

  async #meet(fault: Fault | undefined): Promise<void> {
    if (!fault) return;
    if (fault.effect.kind !== 'delay') throw new Interrupted(fault.effect);
    await this.#wait(fault.effect.milliseconds);
  }

  /** `reply` is what would have been answered, if it has come to that. */
  async #apply(effect: FaultEffect, reply: Reply | undefined): Promise<void> {
    switch (effect.kind) {
      case 'delay':
        await this.#wait(effect.milliseconds);
        if (reply) await this.#send(reply);
        return;
      case 'cut':
        await sendCutReply(
          reply ?? { status: 200 },
          this.#response,
          reply ? (effect.bytes ?? 0) : 0,
        );
        return;
      case 'refuse':
        await this.#refuse(knownRefusals[effect.refusal]());
        return;
      case 'status': {
        const { status, retryAfter } = effect;
        const message = `The practice service was asked to answer ${status}.`;
        const refusal = new Refusal(kindOfStatus(status), message, { status });
        await this.#refuse(refusal, retryAfter === undefined ? {} : { 'Retry-After': retryAfter });
        return;
      }
      case 'redirect':
        await this.#send({ status: effect.status ?? 307, headers: { Location: effect.location } });
    }
  }

  async #refuse(refusal: Refusal, headers: Record<string, string> = {}): Promise<void> {
    const { status } = refusal;
    await this.#send({ ...jsonReply(refusal.toBody(this.#surface), status), headers });
  }

  async #send(reply: Reply): Promise<void> {
    this.#outcome.status = reply.status;
    await sendReply(reply, this.#response);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.#desk.clock.after(milliseconds, resolve));
  }
}

/** The bytes of a body up to where the fault strikes. */
async function* interruptAfter(
  body: AsyncIterable<Buffer>,
  { afterBytes = 0, effect }: Fault,
): AsyncGenerator<Buffer> {
  let left = afterBytes;
  for await (const chunk of body) {
    if (chunk.length >= left) {
      if (left > 0) yield chunk.subarray(0, left);
      throw new Interrupted(effect);
    }
    left -= chunk.length;
    yield chunk;
  }
  throw new Interrupted(effect);
}
