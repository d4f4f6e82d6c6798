import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { cacheFolder } from '../../cli/gather/cacheFolder.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { sendFile, serve, type ImageServer } from '../remote/imageServer.ts';
import { imageRecord } from './records.ts';
import { makeFolder, runCli, type CliOptions, type CliResult, type Report } from './runCli.ts';

const oversized = makeImage('png', 8, 8, { byteLength: 11_000_000 });

describe('check --remote', () => {
  it('tells of images on the web what it tells of others, and how many it fetches', async (test) => {
    const server = await serveImages(test);
    const lines = ['/fine.png', '/large.png', '/fine.png', '/large.png#again'];
    const { stderr, findings } = await check(test, server, lines);
    assert.deepEqual(findings.get('image-size'), [2, 4]);
    assert.equal(stderr, 'vision-finetune: train.jsonl: fetches 2 images from 1 host\n');
    assert.equal(server.requests.filter((line) => line.includes('0-65535')).length, 2);
  });

  it('fetches nothing without it', async (test) => {
    const server = await serveImages(test);
    const { findings } = await check(test, server, ['/large.png'], { args: [] });
    assert.equal(findings.get('image-size'), undefined);
    assert.deepEqual(server.requests, []);
  });

  it('leaves plain http alone unless it is allowed, and says so', async (test) => {
    const server = await serveImages(test);
    const { stderr } = await check(test, server, ['/large.png'], { args: ['--remote'] });
    assert.match(
      stderr,
      /fetches 0 images from 0 hosts; 1 on plain http left out \(--allow-http\)/,
    );
    assert.deepEqual(server.requests, []);
  });

  it('fetches for a single record that is formatted over many lines', async (test) => {
    const server = await serveImages(test);
    const record = JSON.stringify(JSON.parse(recordAt(server, '/large.png')), undefined, 2);
    const { findings } = await check(test, server, [], {
      name: 'one.json',
      text: `\ufeff${record}`,
    });
    assert.equal(findings.get('image-size')?.length, 1);
  });

  it('tells nothing of it when only errors are wanted', async (test) => {
    const server = await serveImages(test);
    const args = ['--remote', '--allow-http', '--no-cache', '--quiet'];
    assert.equal((await check(test, server, ['/fine.png'], { args })).stderr, '');
  });

  it('remembers what was fetched, in the folder for such things', async (test) => {
    const server = await serveImages(test);
    const cache = await makeFolder(test, {});
    const options = { env: { XDG_CACHE_HOME: cache }, args: ['--remote', '--allow-http'] };
    const first = await check(test, server, ['/large.png'], options);
    const { length } = server.requests;
    const second = await check(test, server, ['/large.png'], options);
    assert.deepEqual([...second.findings], [...first.findings]);
    assert.equal(server.requests.length, length);
    assert.equal((await readdir(join(cache, 'vision-finetune', 'remote'))).length, 1);
  });

  it('shows how far it is on a terminal, and leaves no trace of that', async (test) => {
    const server = await serveImages(test);
    let now = 0;
    const { stderr } = await check(test, server, ['/fine.png', '/large.png'], {
      isTerminal: { stdout: false, stderr: true },
      now: () => (now += 2000),
    });
    assert.match(stderr, /━{12}─{12} {2}50% {2}1 of 2 images {2}train\.jsonl/);
    assert.ok(stderr.endsWith('\r\u001b[K'));
  });

  it('opens no connection to this machine', async (test) => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections++;
      socket.destroy();
    }).listen(0);
    await once(listener, 'listening');
    test.after(() => listener.close());
    const { port } = listener.address() as AddressInfo;
    const addresses = ['127.0.0.1', 'localhost', '[::1]', '0x7f.1'].flatMap((host) =>
      ['http', 'https'].map((scheme) => `${scheme}://${host}:${port}/a.png`),
    );
    const text = addresses.map((url) => imageRecord(url)).join('\n');
    const cwd = await makeFolder(test, { 'train.jsonl': text });
    const args = ['check', 'train.jsonl', '--remote', '--allow-http', '--no-cache'];
    const { stderr } = await runCli(args, { cwd });
    assert.match(stderr, /fetches 0 images from 0 hosts/);
    assert.equal(connections, 0);
  });

  for (const [args, env, message] of [
    [['-', '--remote'], {}, /--remote reads a file twice/],
    [['a', '--allow-http'], {}, /--allow-http is for --remote, which is not given/],
    [['a', '--no-cache'], {}, /--no-cache is for --remote, which is not given/],
    [['a', '--remote'], { HTTPS_PROXY: 'http://proxy:3128' }, /HTTPS_PROXY is set, and --remote/],
    [['a', '--remote'], { all_proxy: 'x', NO_PROXY: 'example.com' }, /all_proxy is set/],
  ] as const) {
    it(`cannot be used as: ${args.join(' ')} ${JSON.stringify(env)}`, async () => {
      const { status, stderr } = await runCli(['check', ...args], { env });
      assert.equal(status, 2);
      assert.match(stderr, message);
    });
  }

  it('asks servers directly in spite of a proxy where NO_PROXY says so', async (test) => {
    const server = await serveImages(test);
    const env = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*' };
    assert.equal((await check(test, server, ['/fine.png'], { env })).status, 1);
    assert.equal(server.requests.length, 1);
  });
});

describe('the folder of the cache', () => {
  const absolute = join(import.meta.dirname, 'cache');

  it('is the one of the desktop, or of the system', () => {
    const remote = join('vision-finetune', 'remote');
    assert.equal(cacheFolder({ XDG_CACHE_HOME: absolute }, 'linux'), join(absolute, remote));
    assert.equal(cacheFolder({ HOME: absolute }, 'linux'), join(absolute, '.cache', remote));
    assert.equal(cacheFolder({ LOCALAPPDATA: absolute }, 'win32'), join(absolute, remote));
  });

  it('is none where the environment names none, or a relative one', () => {
    for (const env of [{}, { XDG_CACHE_HOME: 'cache' }, { XDG_CACHE_HOME: '', HOME: '' }]) {
      assert.equal(cacheFolder(env, 'linux'), undefined);
    }
  });
});

function serveImages(test: TestContext): Promise<ImageServer> {
  const fine = makeImage('png', 640, 400);
  return serve(test, (request, response) => {
    sendFile(request.url === '/large.png' ? oversized : fine)(request, response);
  });
}

function recordAt(server: ImageServer, path: string): string {
  return imageRecord(server.url('').origin + path);
}

interface CheckOptions extends CliOptions {
  readonly args?: readonly string[];
  readonly name?: string;
  readonly text?: string;
}

/** Checks a record for each path on the server; the lines of findings by rule. */
async function check(
  test: TestContext,
  server: ImageServer,
  paths: readonly string[],
  options: CheckOptions = {},
): Promise<CliResult & { readonly findings: ReadonlyMap<string, readonly number[]> }> {
  const {
    args = ['--remote', '--allow-http', '--no-cache'],
    name = 'train.jsonl',
    ...io
  } = options;
  const text = options.text ?? paths.map((path) => recordAt(server, path)).join('\n');
  const cwd = await makeFolder(test, { [name]: text });
  const { network } = server;
  const result = await runCli(['check', name, '--format', 'json', ...args], {
    cwd,
    network,
    ...io,
  });
  const { files } = JSON.parse(result.stdout) as Report;
  const findings = new Map<string, number[]>();
  for (const { rule, line } of files[0]?.findings ?? []) {
    findings.set(rule, [...(findings.get(rule) ?? []), line]);
  }
  return { ...result, findings };
}
