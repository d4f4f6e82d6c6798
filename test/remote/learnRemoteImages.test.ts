import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { LearntImages } from '../../core/image/learntImages.ts';
import { learnRemoteImages } from '../../core/remote/learnRemoteImages.ts';
import { RemoteCache } from '../../core/remote/remoteCache.ts';
import { countByHost, readTargets, type RemoteTarget } from '../../core/remote/remoteTargets.ts';
import { makeFolder } from '../cli/runCli.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { fetchOptions, sendFile, serve, type ImageServer } from './imageServer.ts';

const png = makeImage('png', 4, 3);

describe('readTargets', () => {
  const only = { allowHttp: false };

  it('takes images on the web, each once in whatever way it is written', () => {
    const { targets, plainHttp } = readTargets(
      [
        'https://example.com/a.png',
        'HTTPS://EXAMPLE.com:443/x/../a.png#top',
        'https://user:secret@example.com/a.png',
        'https://example.com/a.png?b',
        'data:image/png;base64,AAAA',
        'photos/a.png',
        'ftp://example.com/a.png',
        'example.com/a.png',
        'https://',
        ' ',
        `https://example.com/${'a'.repeat(8192)}`,
      ],
      only,
    );
    assert.deepEqual(
      targets.map(({ href, addresses }) => [href, addresses.size]),
      [
        ['https://example.com/a.png', 3],
        ['https://example.com/a.png?b', 1],
      ],
    );
    assert.equal(plainHttp, 0);
  });

  it('leaves plain http alone and counts it, unless it is allowed', () => {
    const addresses = ['http://example.com/a.png', 'http://example.com/a.png#b'];
    assert.deepEqual(readTargets(addresses, only), { targets: [], plainHttp: 1 });
    const allowed = readTargets(addresses, { allowHttp: true });
    assert.deepEqual([allowed.targets.length, allowed.plainHttp], [1, 0]);
  });

  it('counts the images of each host that can be asked, most first', () => {
    const paths = ['a.example/1', 'b.example/1', 'b.example/2', '127.1/a', 'localhost/a'];
    const addresses = paths.map((path) => `https://${path}`);
    assert.deepEqual(
      [...countByHost(readTargets(addresses, only).targets)],
      [
        ['b.example', 2],
        ['a.example', 1],
      ],
    );
  });
});

describe('learnRemoteImages', () => {
  it('gives what is known by the address as it is written, and says how far it is', async (test) => {
    const server = await serve(test, (request, response) => {
      if (request.url === '/gone') response.writeHead(410).end();
      else sendFile(png)(request, response);
    });
    const addresses = ['/a', '/a#x', '/gone'].map((path) => server.url('').origin + path);
    const { targets } = readTargets(addresses, { allowHttp: true });
    const done: number[] = [];
    const learnt = await learnRemoteImages(targets, {
      ...fetchOptions(server),
      onProgress: (count) => done.push(count),
    });
    const images = new LearntImages(learnt);
    const told = addresses.map((address) => {
      const { facts, unreachable } = images.about(address) ?? {};
      return facts?.width ?? unreachable?.reason;
    });
    assert.deepEqual(
      [told, done],
      [
        [4, 4, 'status'],
        [1, 2],
      ],
    );
  });

  for (const [title, hosts, most] of [
    ['fetches six images at a time', 'a b c d e f g h i j k l'.split(' '), 6],
    ['fetches two at a time from one host', ['a', 'a', 'a', 'a', 'a', 'a'], 2],
  ] as const) {
    it(title, async (test) => {
      const server = await serve(test, (request, response) => {
        response.setHeader('Connection', 'close');
        sendFile(png)(request, response);
      });
      let begun = 0;
      let highest = 0;
      let done = 0;
      const targets = hosts.flatMap((host, index) => targetsOn(server, host, 1, index));
      const learnt = await learnRemoteImages(targets, {
        ...fetchOptions(server),
        onProgress: (count) => (done = count),
        network: {
          ...server.network,
          resolve: (name) => {
            highest = Math.max(highest, ++begun - done);
            return server.network.resolve(name);
          },
        },
      });
      assert.deepEqual([highest, begun, learnt.size], [most, hosts.length, hosts.length]);
    });
  }

  it('lets no host with many images hold up the others', async (test) => {
    const server = await serve(test, sendFile(png));
    const targets = [...targetsOn(server, 'many', 40), ...targetsOn(server, 'few', 2)];
    const order: string[] = [];
    await learnRemoteImages(targets, {
      ...fetchOptions(server),
      network: {
        ...server.network,
        resolve: (name) => {
          order.push(name);
          return server.network.resolve(name);
        },
      },
    });
    assert.ok(order.slice(0, 4).includes('few.example'), order.join(' '));
  });

  it('gives what it has when told to end', async (test) => {
    const stop = new AbortController();
    const server = await serve(test, ({ url = '' }, response) => {
      if (url === '/0') response.end(png);
    });
    const learnt = await learnRemoteImages(targetsOn(server, 'a', 5), {
      ...fetchOptions(server),
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    assert.deepEqual([...learnt.keys()], [`http://a.example:${server.port}/0`]);
  });

  it('asks for nothing that the cache knows', async (test) => {
    const server = await serve(test, sendFile(png));
    const folder = join(await makeFolder(test, {}), 'cache');
    const clock = { time: 0 };
    const cache = new RemoteCache({ folder, now: () => clock.time });
    const targets = targetsOn(server, 'a', 3);
    const options = { ...fetchOptions(server), cache };
    const first = await learnRemoteImages(targets, options);
    assert.deepEqual(await learnRemoteImages(targets, options), first);
    assert.equal(server.requests.length, 3);
    // What is known does not become younger by being asked for.
    for (const day of [4, 8]) {
      clock.time = day * 86_400_000;
      await learnRemoteImages(targets, options);
    }
    assert.equal(server.requests.length, 6);
  });
});

function targetsOn({ port }: ImageServer, host: string, count: number, first = 0): RemoteTarget[] {
  const hostname = `${host}.example`;
  return Array.from({ length: count }, (_, index) => {
    const href = `http://${hostname}:${port}/${first + index}`;
    return { href, hostname, addresses: new Set([href]) };
  });
}
