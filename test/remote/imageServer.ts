import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { FetchOptions } from '../../core/remote/learnRemoteImage.ts';
import { remoteLimits } from '../../core/remote/remoteLimits.ts';
import type { Network } from '../../core/remote/network.ts';

/** A name that the made-up resolver of these tests knows. */
export const hostname = 'pictures.example';

/** A server on this machine that the guard is told to let through. */
export interface ImageServer {
  /** Of a path there, as `http://pictures.example:PORT/path`. */
  url(path: string): URL;
  readonly port: number;
  readonly network: Network;
  /** Method and path of all requests, with their range: `GET /a.png bytes=0-65535`. */
  readonly requests: string[];
  /** How many connections there were. */
  connections(): number;
}

/** Serves until the test is over. */
export async function serve(
  test: TestContext,
  answer: RequestListener,
  makeServer: (listener: RequestListener) => Server = createServer,
  protocol = 'http',
): Promise<ImageServer> {
  const requests: string[] = [];
  let connections = 0;
  const server = makeServer((request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push([method, url, headers.range].filter(Boolean).join(' '));
    answer(request, response);
  });
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  test.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => new URL(`${protocol}://${hostname}:${port}${path}`),
    port,
    network: {
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      testListener: { address: '127.0.0.1', port },
    },
    requests,
    connections: () => connections,
  };
}

/** As a file server answers: a part where one is asked for. */
export function sendFile(
  bytes: Uint8Array,
): (request: IncomingMessage, response: ServerResponse) => void {
  return ({ headers: { range } }, response) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (first === undefined) {
      response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
      return;
    }
    const start = Number(first);
    const end = Math.min(Number(last) + 1, bytes.length);
    if (start >= bytes.length) {
      response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end();
      return;
    }
    const part = bytes.subarray(start, end);
    response
      .writeHead(206, {
        'Content-Type': 'image/png',
        'Content-Range': `bytes ${start}-${end - 1}/${bytes.length}`,
        'Content-Length': part.length,
      })
      .end(part);
  };
}

/** Of the profiles, 10 MB, and little time. */
export function fetchOptions({ network }: Pick<ImageServer, 'network'>): FetchOptions {
  return { maxImageBytes: 10_485_760, network, limits: { ...remoteLimits, deadlineMs: 5000 } };
}
