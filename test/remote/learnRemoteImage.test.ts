import assert from 'node:assert/strict';
import { createServer as createSecureServer } from 'node:https';
import type { RequestListener } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import type { LearntImage } from '../../core/image/learntImages.ts';
import { downloadImage, learnRemoteImage } from '../../core/remote/learnRemoteImage.ts';
import { remoteLimits } from '../../core/remote/remoteLimits.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { selfSigned } from '../helpers/selfSigned.ts';
import { fetchOptions, hostname, sendFile, serve, type ImageServer } from './imageServer.ts';

const small = makeImage('png', 640, 400);
const large = makeImage('jpeg', 1600, 900, { byteLength: 3_000_000 });
const largeFacts = { format: 'jpeg', byteLength: 3_000_000, width: 1600, height: 900 };
/** Shorter than any of these tests takes. */
const impatient = { ...remoteLimits, deadlineMs: 150 };

describe('an image on the web', () => {
  it('is known from its head where that is all of it, in one request', async (test) => {
    const server = await serve(test, sendFile(small));
    assert.deepEqual(await factsAt(server), identifyImage(bytesSource(small)));
    assert.deepEqual(server.requests, ['GET /a.png bytes=0-65535']);
  });

  it('is known from its head and tail where it is large, over one connection', async (test) => {
    const bytes = makeImage('png', 1600, 900, { byteLength: 3_000_000 });
    const server = await serve(test, sendFile(bytes));
    const facts = await factsAt(server);
    assert.deepEqual([facts?.byteLength, facts?.width, facts?.isTruncated], [3e6, 1600, false]);
    assert.deepEqual(server.requests.slice(1), ['GET /a.png bytes=2995904-2999999']);
    assert.equal(server.connections(), 1);
  });

  it('is cut short where its end is nowhere in it', async (test) => {
    for (const length of [300, 70_000, 2_500_000]) {
      const whole = makeImage('png', 1600, 900, { byteLength: 3_000_000 });
      const server = await serve(test, sendFile(whole.subarray(0, length)));
      const facts = await factsAt(server);
      assert.deepEqual([facts?.byteLength, facts?.isTruncated], [length, true]);
    }
  });

  it('is not fetched to find its end where it is too large anyway', async (test) => {
    const bytes = Buffer.alloc(40_000_000);
    bytes.set(small.subarray(0, -12));
    const server = await serve(test, sendFile(bytes));
    const facts = await factsAt(server);
    assert.deepEqual([facts?.byteLength, facts?.width], [bytes.length, 640]);
    assert.equal(facts && 'isTruncated' in facts, false);
    const fetched = server.requests
      .map((request) => /bytes=(\d+)-(\d+)/.exec(request) ?? [])
      .reduce((sum, [, first, last]) => sum + Number(last) + 1 - Number(first), 0);
    assert.ok(fetched <= 3 * 65_536, `${fetched} bytes`);
  });

  it('is asked for more of its head where a colour profile comes first', async (test) => {
    const server = await serve(test, sendFile(withProfile(200_000)));
    const facts = await factsAt(server);
    assert.deepEqual([facts?.width, facts?.height, facts?.isTruncated], [1600, 900, false]);
    assert.ok(server.requests.length <= 5, server.requests.join('\n'));
  });

  it('is left with its format where its head is longer than readers look at', async (test) => {
    const server = await serve(test, sendFile(withProfile(2_000_000)));
    const facts = await factsAt(server);
    assert.deepEqual([facts?.format, facts?.width], ['jpeg', undefined]);
  });

  it('is read on where the server sends no parts, and what its end would tell is left open', async (test) => {
    const bytes = withProfile(200_000);
    const server = await serve(test, (_, response) => {
      response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);
    });
    const facts = await factsAt(server);
    assert.deepEqual([facts?.width, facts?.byteLength], [1600, bytes.length]);
    assert.equal(facts && 'isTruncated' in facts, false);
    assert.equal(server.requests.length, 1);
  });

  it('is counted where the server does not tell its length', async (test) => {
    const server = await serve(test, (_, response) => {
      response.writeHead(200).write(large);
      response.end();
    });
    const facts = await factsAt(server);
    const { format, byteLength, width, height, isTruncated } = facts ?? {};
    assert.deepEqual({ format, byteLength, width, height }, largeFacts);
    assert.equal(isTruncated, false);
  });

  it('is counted where the server knows a part and not the whole', async (test) => {
    const server = await serve(test, ({ headers }, response) => {
      const part = headers.range ? large.subarray(0, 1000) : large;
      const range = headers.range && { 'Content-Range': 'bytes 0-999/*' };
      response.writeHead(headers.range ? 206 : 200, { ...range }).write(part);
      response.end();
    });
    assert.equal((await factsAt(server))?.byteLength, large.length);
  });

  it('is known with its length where that is more than the limit', async (test) => {
    const server = await serve(test, ({ headers }, response) => {
      const start = headers.range === 'bytes=0-65535' ? 0 : 19_995_904;
      const end = start === 0 ? 65_536 : 20_000_000;
      const part = Buffer.alloc(end - start);
      if (start === 0) part.set(small);
      const contentRange = `bytes ${start}-${end - 1}/20000000`;
      response.writeHead(206, { 'Content-Range': contentRange }).end(part);
    });
    assert.equal((await factsAt(server))?.byteLength, 20_000_000);
  });

  it('is what its bytes are, in a format that the services do not take too', async (test) => {
    const server = await serve(test, sendFile(makeImage('gif', 100, 300)));
    const facts = await factsAt(server);
    assert.deepEqual([facts?.format, facts?.width, facts?.height], ['gif', 100, 300]);
  });

  it('is followed through five redirects, without a fragment or credentials', async (test) => {
    const server = await serve(test, (request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 5) sendFile(small)(request, response);
      else response.writeHead(302, { Location: `/${step + 1}#${step}` }).end('moved');
    });
    assert.equal((await factsAt(server, '/0'))?.width, 640);
    assert.equal(server.requests.at(-1), 'GET /5 bytes=0-65535');
  });

  it('is fetched over https, by a certificate of its host', async (test) => {
    const server = await serveSecurely(test, sendFile(small), hostname);
    assert.equal((await factsAt(server))?.width, 640);
  });

  it('is asked for without anything that tells who asks', async (test) => {
    let headers: Readonly<Record<string, unknown>> = {};
    const server = await serve(test, (request, response) => {
      headers = request.headers;
      response.setHeader('Set-Cookie', 'a=b');
      sendFile(small)(request, response);
    });
    const url = server.url('/a.png');
    url.username = 'user';
    url.password = 'secret';
    await learnRemoteImage(url, fetchOptions(server));
    await learnRemoteImage(url, fetchOptions(server));
    assert.deepEqual(headers, {
      host: `${hostname}:${server.port}`,
      connection: 'keep-alive',
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'vision-finetune (checks images)',
      range: 'bytes=0-65535',
    });
  });
});

/** What is wrong, how a server does it, and what is said of it. */
const failures: readonly (readonly [title: string, RequestListener, reason: string, RegExp])[] = [
  ['is not there', status(404), 'status', /^the server answered 404 Not Found$/],
  ['may not be seen', status(403), 'status', /403 Forbidden/],
  ['breaks the server', status(500), 'status', /500 Internal Server Error/],
  ['has a status that nobody knows', status(799), 'status', /^the server answered 799$/],
  ['is not sent', status(204), 'status', /204 No Content/],
  ['is redirected to nowhere', status(302), 'status', /302 Found/],
  [
    'redirects for ever',
    (_, response) => response.writeHead(301, { Location: '/a.png' }).end(),
    'redirect',
    /^it redirects more than 5 times$/,
  ],
  ['redirects to a file', redirect('file:///etc/passwd'), 'redirect', /not on the web$/],
  ['redirects to what is no address', redirect('http://['), 'redirect', /no address$/],
  [
    'is a page',
    (_, response) => response.setHeader('Content-Type', 'text/html').end('<!doctype html>'),
    'not-an-image',
    /^the server sent no image, which it calls text\/html$/,
  ],
  [
    'has a media type that would break out of a message',
    (_, response) => response.setHeader('Content-Type', '](command:x) \u00fc').end('hello'),
    'not-an-image',
    /^the server sent no image$/,
  ],
  ['is empty', sendFile(Buffer.alloc(0)), 'not-an-image', /^the server sent nothing$/],
  [
    'is empty, from a server that sends no parts',
    (_, response) => response.end(),
    'not-an-image',
    /^the server sent nothing$/,
  ],
  [
    'is packed',
    (_, response) => {
      // 200 kB that become 200 MB.
      const bomb = gzipSync(Buffer.alloc(200_000_000), { level: 9 });
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    },
    'network',
    /^the server sent it packed/,
  ],
  [
    'has no end',
    (_, response) => {
      response.writeHead(200);
      const send = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, small)));
        response.once('drain', send);
      };
      send();
    },
    'too-large',
    /^it is larger than 10,485,760 bytes$/,
  ],
  [
    'is another part than was asked for',
    (_, response) => response.writeHead(206, { 'Content-Range': 'bytes 5-9/10' }).end('abcde'),
    'network',
    /another part/,
  ],
  [
    'is cut off on its way',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': 5000 }).write(small);
      setImmediate(() => response.destroy());
    },
    'network',
    /^the server cut the connection$/,
  ],
  [
    'comes from what is no web server',
    ({ socket }) => socket.end('220 mail.example ESMTP\r\n'),
    'network',
    /^the connection failed \(HPE_INVALID_CONSTANT\)$/,
  ],
  ['does not come', () => undefined, 'timeout', /^the server took longer than 0.15 seconds$/],
  [
    'comes a byte at a time',
    (_, response) => {
      response.writeHead(200, { 'Content-Length': 1000 });
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    },
    'timeout',
    /0.15 seconds$/,
  ],
  [
    'comes through redirects that take their time together',
    (_, response) => {
      const timer = setTimeout(() => response.writeHead(302, { Location: '/' }).end(), 60);
      response.on('close', () => clearTimeout(timer));
    },
    'timeout',
    /0.15 seconds$/,
  ],
];

describe('an image that', () => {
  for (const [title, answer, reason, detail] of failures) {
    it(`${title} is out of reach: ${reason}`, async (test) => {
      const server = await serve(test, answer);
      const options = fetchOptions(server);
      const limits = reason === 'timeout' ? impatient : options.limits;
      const url = server.url('/a.png?sig=secret');
      const { facts, unreachable } = await learnRemoteImage(url, {
        ...options,
        ...(limits && { limits }),
      });
      assert.deepEqual([facts, unreachable?.reason], [undefined, reason]);
      assert.match(unreachable?.detail ?? '', detail);
      const told = / answered (\d+)/.exec(unreachable?.detail ?? '')?.[1];
      assert.equal(unreachable?.status, reason === 'status' ? Number(told) : undefined);
    });
  }

  it('has a host that nobody knows is out of reach: network', async () => {
    const resolve = (): never => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const network = { resolve: () => Promise.resolve().then(resolve) };
    const { unreachable } = await learnRemoteImage(
      new URL('https://nobody.example/'),
      fetchOptions({ network }),
    );
    const detail = 'no address is known for its host';
    assert.deepEqual({ ...unreachable }, { reason: 'network', detail });
  });

  it('is on a server with the certificate of another is out of reach: network', async (test) => {
    const server = await serveSecurely(test, sendFile(small), 'other.example');
    const { unreachable } = await learnAt(server);
    assert.match(unreachable?.detail ?? '', /certificate .*\(ERR_TLS_CERT_ALTNAME_INVALID\)/);
    assert.deepEqual(server.requests, []);
  });

  it('redirects from https to plain http is out of reach: redirect', async (test) => {
    const plain = await serve(test, sendFile(small));
    const server = await serveSecurely(test, redirect(plain.url('/').href), hostname);
    const { unreachable } = await learnAt(server);
    assert.deepEqual(unreachable?.detail, 'it redirects from https to plain http');
    assert.deepEqual(plain.requests, []);
  });

  it('nobody waits for any more is given up at once', async (test) => {
    const stop = new AbortController();
    const server = await serve(test, () => stop.abort());
    const learning = learnRemoteImage(server.url('/'), {
      ...fetchOptions(server),
      signal: stop.signal,
    });
    await assert.rejects(learning, { name: 'AbortError' });
  });
});

describe('downloadImage', () => {
  it('gives all bytes, whether or not the server sends parts', async (test) => {
    const parts = await serve(test, sendFile(large));
    const whole = await serve(test, (_, response) => response.end(large));
    for (const server of [parts, whole]) {
      const bytes = await downloadImage(server.url('/'), fetchOptions(server));
      assert.ok(bytes instanceof Uint8Array && Buffer.compare(bytes, large) === 0);
    }
  });

  it('fetches none of what is larger than the limit', async (test) => {
    const server = await serve(test, sendFile(large));
    const options = { ...fetchOptions(server), maxImageBytes: 2_000_000 };
    assert.deepEqual(await downloadImage(server.url('/'), options), {
      unreachable: {
        reason: 'too-large',
        detail: 'it has 3,000,000 bytes, and at most 2,000,000 are fetched',
      },
    });
    assert.equal(server.requests.length, 1);
  });
});

function learnAt(server: ImageServer, path = '/a.png'): Promise<LearntImage> {
  return learnRemoteImage(server.url(path), fetchOptions(server));
}

async function factsAt(server: ImageServer, path?: string): Promise<ImageFacts | undefined> {
  const { facts, unreachable } = await learnAt(server, path);
  assert.equal(unreachable, undefined);
  return facts;
}

/** A JPEG file with as many bytes of application segments before its frame header. */
function withProfile(byteLength: number): Uint8Array {
  const image = makeImage('jpeg', 1600, 900);
  const segment = Buffer.alloc(2 + 0xffff);
  segment.writeUInt32BE(0xffe2ffff);
  const segments = Array.from({ length: Math.ceil(byteLength / segment.length) }, () => segment);
  return Buffer.concat([image.subarray(0, 2), ...segments, image.subarray(2)]);
}

function status(code: number): RequestListener {
  return (_, response) => response.writeHead(code).end();
}

function redirect(location: string): RequestListener {
  return (_, response) => response.writeHead(307, { Location: location }).end();
}

/** Over https, with a certificate that this process trusts until the test is over. */
function serveSecurely(
  test: TestContext,
  answer: RequestListener,
  certified: string,
): Promise<ImageServer> {
  const { key, cert } = selfSigned(certified);
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, cert]);
  test.after(() => setDefaultCACertificates(trusted));
  return serve(test, answer, (listener) => createSecureServer({ key, cert }, listener), 'https');
}
