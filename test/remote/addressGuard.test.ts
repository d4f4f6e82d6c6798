import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, globalAgent } from 'node:http';
import { isIP, Socket, type LookupFunction } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { learnRemoteImage } from '../../core/remote/learnRemoteImage.ts';
import type { Network } from '../../core/remote/network.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { outOfReach } from '../helpers/outOfReach.ts';
import { fetchOptions, hostname, sendFile, serve } from './imageServer.ts';

const forms = Object.values(outOfReach).flat();

/** The addresses among them, as a resolver gives them. */
const addresses = [
  ...new Set(forms.map((host) => new URL(`http://${host}/`).hostname.replaceAll(/[[\]]/g, ''))),
].filter((address) => isIP(address) !== 0);

const publicAddress = { address: '8.8.8.8', family: 4 };
const png = makeImage('png', 4, 4);

describe(`an address out of reach, in any of ${forms.length} spellings`, () => {
  it('is one of at least 42, among them the one inside Azure', () => {
    assert.ok(forms.length >= 42 && addresses.includes('168.63.129.16'));
  });

  for (const scheme of ['https', 'http']) {
    it(`is not asked over ${scheme}, and no name is looked up`, async (test) => {
      const attempts = watchConnections(test);
      let lookups = 0;
      const network: Network = {
        resolve: () => {
          lookups++;
          return Promise.resolve([publicAddress]);
        },
      };
      for (const host of forms) {
        const learnt = await learn(`${scheme}://${host}/a.png`, network);
        assert.equal(learnt, 'private-address', host);
      }
      assert.deepEqual({ attempts, lookups }, { attempts: [], lookups: 0 });
    });
  }

  it('is not asked where a server redirects to it', async (test) => {
    const server = await serve(test, ({ url = '' }, response) => {
      const host = forms[Number(url.slice(1))] ?? '';
      const ascii = host.replaceAll(/[^ -~]/gu, encodeURIComponent);
      response.writeHead(302, { Location: `http://${ascii}/` }).end();
    });
    const attempts = watchConnections(test);
    for (const [index, host] of forms.entries()) {
      const learnt = await learn(server.url(`/${index}`).href, server.network);
      assert.equal(learnt, 'private-address', host);
    }
    assert.deepEqual([...new Set(attempts)], [`127.0.0.1:${server.port}`]);
  });

  it('is not asked where a name leads to it, alone or among others', async (test) => {
    const attempts = watchConnections(test);
    for (const address of addresses) {
      const answer = { address, family: isIP(address) };
      for (const answers of [[answer], [publicAddress, answer], [answer, publicAddress]]) {
        const network: Network = { resolve: () => Promise.resolve(answers) };
        assert.equal(await learn('https://rebound.example/', network), 'private-address', address);
      }
    }
    assert.deepEqual(attempts, []);
  });

  it('is not asked where a name leads to it only from the second look-up on', async (test) => {
    const server = await serve(test, (request, response) => {
      response.setHeader('Connection', 'close');
      sendFile(Buffer.alloc(200_000, png))(request, response);
    });
    for (const address of addresses) {
      if (address === server.network.testListener?.address) continue;
      const answers = [
        { address: '127.0.0.1', family: 4 },
        { address, family: isIP(address) },
      ];
      const network: Network = {
        ...server.network,
        resolve: () => Promise.resolve(answers.splice(0, 1)),
      };
      const attempts = watchConnections(test);
      const options = fetchOptions({ network });
      const { facts } = await learnRemoteImage(server.url('/large.png'), options);
      assert.deepEqual([facts?.format, facts?.isTruncated], ['png', undefined], address);
      assert.deepEqual([attempts, answers], [[`127.0.0.1:${server.port}`], []], address);
    }
  });

  it('is not asked over a connection that somebody else has opened to it', async (test) => {
    const server = await serve(test, sendFile(png));
    const url = server.url('/a.png');
    const lookup: LookupFunction = (_name, _options, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }]);
    assert.ok(globalAgent instanceof Agent);
    const [response] = (await once(get(url, { lookup }), 'response')) as [NodeJS.ReadableStream];
    await once(response.resume(), 'end');
    await new Promise(setImmediate);
    const network: Network = { resolve: () => Promise.resolve([publicAddress]) };
    const elsewhere = { ...network, testListener: { address: '127.0.0.1', port: 1 } };
    assert.equal(await learn(url.href, elsewhere), 'private-address');
    assert.deepEqual(server.requests, ['GET /a.png']);
  });
});

describe('the guard', () => {
  it('lets through one address at one port, which a test names', async (test) => {
    const server = await serve(test, sendFile(png));
    const other = await serve(test, sendFile(png));
    const { facts } = await learnRemoteImage(server.url('/'), fetchOptions(server));
    assert.equal(facts?.width, 4);
    const literal = `http://127.0.0.1:${other.port}/`;
    assert.equal(await learn(literal, server.network), 'private-address');
    assert.equal(await learn(other.url('/').href, server.network), 'private-address');
    assert.deepEqual(other.requests, []);
  });

  it('has no port asked but 80 and 443', async (test) => {
    const attempts = watchConnections(test);
    const network: Network = { resolve: () => Promise.resolve([publicAddress]) };
    for (const port of [22, 25, 8080, 6379, 65535]) {
      assert.equal(await learn(`https://${hostname}:${port}/`, network), 'network');
    }
    assert.deepEqual(attempts, []);
  });

  it('has nothing asked but the web', async () => {
    for (const url of ['file:///etc/passwd', 'ftp://example.com/', 'data:image/png;base64,AA==']) {
      assert.equal(await learn(url, { resolve: () => Promise.resolve([]) }), 'network');
    }
  });
});

async function learn(url: string, network: Network): Promise<string | undefined> {
  const { unreachable } = await learnRemoteImage(new URL(url), fetchOptions({ network }));
  return unreachable?.reason;
}

/** Fills with the address and port of each connection that is tried from now on in this process. */
function watchConnections(test: TestContext): string[] {
  const attempts: string[] = [];
  test.mock.restoreAll();
  const own = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect');
  const connect = own?.value as (...args: unknown[]) => Socket;
  test.mock.method(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]) {
    this.on('connectionAttempt', (address: string, port: number) =>
      attempts.push(`${address}:${port}`),
    );
    return Reflect.apply(connect, this, args);
  });
  return attempts;
}
