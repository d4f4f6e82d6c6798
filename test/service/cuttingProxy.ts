import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Where a connection ends: after so many bytes of what goes to the service, or of what comes back. */
export interface Cut {
  /** The beginning of the request that it is for: `POST /v1/fine_tuning/jobs `. */
  readonly request: string;
  readonly of: 'request' | 'reply';
  readonly after: number;
}

/** Stands before a service and passes on every byte, but for those behind a cut. The client has a connection a request. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #cut: Cut | undefined;
  /** Bytes of the last request that a cut was meant for, and of its reply, as far as they came. */
  #seen = { request: 0, reply: 0 };

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.#port = port;
    server.on('connection', (client) => {
      this.#pass(client);
    });
  }

  static async start(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(createServer(), port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get seen(): { readonly request: number; readonly reply: number } {
    return this.#seen;
  }

  /** Of the next request of its kind, once. */
  cutNext(cut: Cut): void {
    this.#cut = cut;
    this.#seen = { request: 0, reply: 0 };
  }

  /** Listens no longer. */
  refuse(): void {
    this.#server.close();
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(client: Socket): void {
    const service = connect(this.#port, '127.0.0.1');
    let cut: Cut | undefined;
    const counted = { request: 0, reply: 0 };
    const end = (): void => {
      client.destroy();
      service.end();
    };
    /** What of a chunk still goes through. */
    const take = (of: Cut['of'], chunk: Buffer): Buffer => {
      const left = cut?.of === of ? cut.after - counted[of] : Infinity;
      counted[of] += chunk.length;
      if (cut) this.#seen = { ...counted };
      return chunk.subarray(0, Math.min(chunk.length, Math.max(0, left)));
    };
    for (const socket of [client, service]) {
      this.#sockets.add(socket);
      socket.on('error', end);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    client.on('data', (chunk) => {
      const isFirst = counted.request === 0;
      if (isFirst) cut = this.#cutFor(chunk);
      const passed = take('request', isFirst ? this.#readdress(chunk) : chunk);
      service.write(passed, () => {
        if (passed.length < chunk.length || isReached(cut, 'request', counted)) end();
      });
    });
    service.on('data', (chunk) => {
      const passed = take('reply', chunk);
      client.write(passed, () => {
        if (passed.length < chunk.length || isReached(cut, 'reply', counted)) end();
      });
    });
  }

  /** The service answers to its own address only, which keeps pages in a browser out. */
  #readdress(chunk: Buffer): Buffer {
    const { host } = new URL(this.origin);
    return Buffer.from(chunk.toString('latin1').replace(host, `127.0.0.1:${this.#port}`), 'latin1');
  }

  #cutFor(chunk: Buffer): Cut | undefined {
    const cut = this.#cut;
    if (!cut || !chunk.toString('latin1', 0, cut.request.length).startsWith(cut.request)) {
      return undefined;
    }
    this.#cut = undefined;
    return cut;
  }
}

function isReached(
  cut: Cut | undefined,
  of: Cut['of'],
  counted: Readonly<Record<Cut['of'], number>>,
): boolean {
  return cut?.of === of && counted[of] >= cut.after;
}
