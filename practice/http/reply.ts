import { STATUS_CODES, type ServerResponse } from 'node:http';

/** An answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReplyBody;
}

export type ReplyBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | {
      readonly kind: 'bytes';
      readonly byteLength: number;
      readonly chunks: AsyncIterable<Buffer>;
    };

export function jsonReply(value: unknown, status = 200): Reply {
  return { status, body: { kind: 'json', value } };
}

export async function sendReply(reply: Reply, response: ServerResponse): Promise<void> {
  response.writeHead(reply.status, headersOf(reply));
  for await (const chunk of chunksOf(reply)) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** Sends the first bytes of the reply as they go over the wire, status line and headers included, and hangs up. */
export async function sendCutReply(
  reply: Reply,
  response: ServerResponse,
  byteLength: number,
): Promise<void> {
  const { socket } = response;
  let left = byteLength;
  for await (const chunk of wireBytes(reply)) {
    if (left === 0 || !socket || socket.destroyed) break;
    const part = chunk.subarray(0, left);
    left -= part.length;
    await new Promise((resolve) => socket.write(part, resolve));
  }
  // With nothing sent, as if the machine had gone; else as a proxy that gives up does.
  if (byteLength === 0) socket?.resetAndDestroy();
  else socket?.destroySoon();
}

async function* wireBytes(reply: Reply): AsyncGenerator<Buffer> {
  const headers = Object.entries(headersOf(reply)).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? ''}\r\n`;
  yield Buffer.from(`${status}${headers.join('')}\r\n`);
  yield* chunksOf(reply);
}

function headersOf({ status, headers, body }: Reply): Record<string, string> {
  const type = body?.kind === 'bytes' ? 'application/octet-stream' : 'application/json';
  const length = body?.kind === 'bytes' ? body.byteLength : Buffer.byteLength(jsonText(body));
  return {
    ...(body && { 'Content-Type': type }),
    // A reply without content has no length either (RFC 9110, 8.6).
    ...(status !== 204 && { 'Content-Length': String(length) }),
    // What somebody uploaded is never to be taken for a page.
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  };
}

async function* chunksOf({ body }: Reply): AsyncGenerator<Buffer> {
  if (body?.kind === 'bytes') yield* body.chunks;
  else if (body) yield Buffer.from(jsonText(body));
}

function jsonText(body: Reply['body']): string {
  return body?.kind === 'json' ? JSON.stringify(body.value) : '';
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
