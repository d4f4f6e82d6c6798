import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContext } from '../core/check/context.ts';
import { providers, type LimitName, type Provider } from '../core/profile/profile.ts';
import { newKey, refuseForeignHost } from './access.ts';
import { Account } from './account.ts';
import { systemClock, type Clock } from './clock.ts';
import { ContentStore } from './contentStore.ts';
import { Contract } from './contract/contract.ts';
import { control, controlPath } from './control.ts';
import { hurry, unhurried } from './environment.ts';
import { Exchange } from './exchange.ts';
import { Faults, type Fault } from './faults.ts';
import { jsonReply, sendReply } from './http/reply.ts';
import { PendingWork } from './pendingWork.ts';
import { Refusal } from './refusal.ts';
import { RequestLog, type LoggedRequest } from './requestLog.ts';
import { basePaths, findSurface, providerOf, surfaceNames, type SurfaceName } from './surface.ts';

export type { Clock } from './clock.ts';
export type { Fault, FaultEffect } from './faults.ts';
export type { SurfaceName } from './surface.ts';

export interface PracticeOptions {
  /** 0, the default, for any that is free. */
  readonly port?: number;
  /** Whose surfaces there are; both by default. */
  readonly provider?: Provider | undefined;
  /** How many times as fast as the default, at which a job takes half a minute. */
  readonly speed?: number;
  /** By default a new one. */
  readonly key?: string;
  readonly clock?: Clock;
  /** Limits other than the provider's, as a small quota. */
  readonly limits?: Partial<Record<LimitName, number>>;
  readonly faults?: readonly Fault[];
  /** Hears of what should not have happened, and was answered with 500. */
  readonly onError?: (error: unknown) => void;
  /** Where the contents of files are kept meanwhile; by default the system's folder for temporary files. */
  readonly folder?: string;
}

/** A fine-tuning service on this machine for practice: it trains nothing, costs nothing and asks nobody. */
export class PracticeService {
  readonly key: string;
  readonly faults = new Faults();
  readonly #log = new RequestLog();
  readonly #work = new PendingWork();
  readonly #store: ContentStore;
  readonly #clock: Clock;
  readonly #accounts: ReadonlyMap<Provider, Account>;
  readonly #contracts: ReadonlyMap<SurfaceName, Contract>;
  readonly #server: Server;
  readonly #onError: (error: unknown) => void;

  private constructor(options: PracticeOptions, contracts: ReadonlyMap<SurfaceName, Contract>) {
    const { key = newKey(), clock = systemClock, speed = 1, limits = {}, faults = [] } = options;
    this.key = key;
    this.#clock = clock;
    this.#contracts = contracts;
    this.#store = new ContentStore(options.folder);
    this.#onError = options.onError ?? (() => undefined);
    for (const fault of faults) this.faults.add(fault);
    const durations = hurry(unhurried, speed);
    const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);
    const openAccount = (provider: Provider): Account =>
      new Account({
        provider,
        clock,
        store: this.#store,
        work: this.#work,
        durations,
        context: () => createContext([{ profile: provider, limits }], today()),
      });
    this.#accounts = new Map(providers.map((provider) => [provider, openAccount(provider)]));
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  /** Listens on 127.0.0.1 and nowhere else. */
  static async start(options: PracticeOptions = {}): Promise<PracticeService> {
    const contracts = new Map<SurfaceName, Contract>();
    for (const surface of surfaceNames) {
      const isOffered = (options.provider ?? providerOf(surface)) === providerOf(surface);
      if (isOffered) contracts.set(surface, await Contract.of(surface));
    }
    const service = new PracticeService(options, contracts);
    service.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  /** `http://127.0.0.1:49152` */
  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Where each surface that there is begins, without a slash at its end. */
  get addresses(): Readonly<Partial<Record<SurfaceName, string>>> {
    const offered = [...this.#contracts.keys()];
    return Object.fromEntries(offered.map((name) => [name, this.origin + basePaths[name]]));
  }

  /** What was asked lately, the contract's opinion included. */
  get requests(): readonly LoggedRequest[] {
    return this.#log.all;
  }

  /** The folder with the contents of files, once there are any. */
  get folder(): string | undefined {
    return this.#store.folder;
  }

  expireUploads(): void {
    for (const { uploads } of this.#accounts.values()) uploads.expireAll();
  }

  /** Resolves when nothing happens any more but by the clock. */
  idle(): Promise<void> {
    return this.#work.idle();
  }

  /** Hangs up on everybody and forgets all. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => {
        this.#store.close();
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Whoever hangs up is told nothing.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    try {
      await this.#route(request, response);
    } catch (error) {
      if (!(error instanceof Refusal)) this.#onError(error);
      const refusal =
        error instanceof Refusal ? error : new Refusal('internal', 'The practice service failed.');
      if (response.headersSent) response.destroy();
      else await sendReply(jsonReply(refusal.toBody('openai'), refusal.status), response);
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    refuseForeignHost(request, this.#port);
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (path.startsWith(controlPath)) {
      const { key, faults } = this;
      const accounts = [...this.#accounts.values()];
      const reply = await control(request, path, { key, faults, log: this.#log, accounts });
      await sendReply(reply, response);
      return;
    }
    const address = findSurface(path);
    const contract = address && this.#contracts.get(address.surface);
    const account = address && this.#accounts.get(providerOf(address.surface));
    if (!contract || !account) {
      throw new Refusal('notFound', `Unknown request URL: ${request.method ?? ''} ${path}.`);
    }
    const { key, faults } = this;
    const desk = { account, contract, faults, clock: this.#clock, key };
    const { surface } = address;
    const outcome = this.#log.open({ method: request.method ?? '', path, surface });
    const parameters = new URLSearchParams(query);
    const arrival = { ...address, query: parameters, request, response, outcome };
    await new Exchange(desk, arrival).answer();
  }
}
