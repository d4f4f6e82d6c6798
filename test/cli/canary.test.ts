import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Fault, FaultEffect, SurfaceName } from '../../practice/practice.ts';
import { ServiceDesk } from './serviceDesk.ts';

/** A key that is nowhere else. */
const canary = 'sk-canary-4f1d0c2b7a6e4955';

const surfaces: readonly SurfaceName[] = ['openai', 'azure-v1', 'azure-dated'];

/** Every command that reads a key, as text and as JSON. */
const commands: readonly (readonly string[])[] = [
  ['submit', 'train.jsonl', '--yes', '--watch'],
  ['submit', 'train.jsonl', '--yes', '--again', '--json'],
  ['submit', 'train.jsonl', '--epochs', '99'],
  ['jobs', 'list'],
  ['jobs', 'show', 'JOB', '--receipt', 'receipt.md'],
  ['jobs', 'show', 'JOB', '--receipt', 'receipt.json', '--json'],
  ['jobs', 'watch', 'JOB', '--json'],
  ['jobs', 'cancel', 'JOB'],
  ['jobs', 'show', canary],
  ['jobs', canary],
  ['check', `${canary}.jsonl`],
];

const effects: readonly (readonly [Fault['moment'], FaultEffect])[] = [
  ['arrival', { kind: 'cut' }],
  ['reply', { kind: 'cut', bytes: 40 }],
  ['arrival', { kind: 'redirect', location: 'http://127.0.0.1:9/' }],
  ['arrival', { kind: 'refuse', refusal: 'training-not-available' }],
  ['arrival', { kind: 'refuse', refusal: 'quota-full' }],
  ['arrival', { kind: 'refuse', refusal: 'rate-limit' }],
  ...[400, 401, 403, 404, 408, 409, 413, 500, 503].map(
    (status) => ['arrival', { kind: 'status', status }] as const,
  ),
];

describe('a key', () => {
  for (const surface of surfaces) {
    it(`is in nothing that is printed or kept, whatever goes wrong at ${surface}`, async (test) => {
      const desk = await ServiceDesk.open(test, {}, { key: canary });
      const env = { ...desk.env(surface), VISION_FINETUNE_DEBUG: '1' };
      const { jobId = '' } = await desk.submit([], { env });
      const printed: string[] = [];
      for (const effect of [undefined, ...effects]) {
        for (const command of commands) {
          desk.service.faults.clear();
          if (effect) {
            const [moment, what] = effect;
            desk.service.faults.add({ moment, effect: what, times: 100 });
          }
          const args = command.map((word) => (word === 'JOB' ? jobId : word));
          const { stdout, stderr } = await desk.run(args, { env });
          printed.push(stdout, stderr);
        }
      }
      assert.ok(printed.join('').includes('[credential]'), 'what was asked for by the key itself');
      await writeFile(join(desk.folder, 'printed.txt'), printed.join(''));
      assert.deepEqual(await findIn(desk.folder, canary), []);
      assert.ok((await readdir(desk.folder)).includes('receipt.json'));
    });
  }

  it('is not repeated after a service that repeats it, and not noted', async (test) => {
    let seen = 0;
    const address = await start(test, (request, response) => {
      const key = request.headers.authorization ?? '';
      if (key.includes(canary)) seen += 1;
      // A submission looks for room and for its equal, sends the file, and asks for the job.
      const isFine = seen <= 3;
      const error = { code: 'wrong', message: `Incorrect key provided: ${key}` };
      request.resume().on('end', () => {
        response.writeHead(isFine ? 200 : request.method === 'GET' ? 401 : 400);
        response.end(JSON.stringify(isFine ? { id: 'file-1' } : { error }));
      });
    });
    const desk = await ServiceDesk.open(test);
    const env = { ...desk.env(), OPENAI_API_KEY: canary, OPENAI_BASE_URL: `${address}/v1` };
    const printed: string[] = [];
    for (const command of [
      ['submit', 'train.jsonl', '--yes', '--json'],
      ['jobs', 'list'],
    ]) {
      const { stdout, stderr } = await desk.run(command, { env });
      printed.push(stdout, stderr);
    }
    assert.equal(seen, 5);
    assert.match(printed.join(''), /Incorrect key provided: Bearer \[credential\]/);
    await writeFile(join(desk.folder, 'printed.txt'), printed.join(''));
    assert.deepEqual(await findIn(desk.folder, canary), []);
  });

  for (const status of [301, 302, 307, 308] as const) {
    it(`is not taken along by a redirect (${status})`, async (test) => {
      let requests = 0;
      const target = await start(test, (_, response) => {
        requests += 1;
        response.end('{}');
      });
      const desk = await ServiceDesk.open(test);
      for (const surface of surfaces) {
        for (const command of commands) {
          const effect = { kind: 'redirect', location: `${target}/steal`, status } as const;
          desk.service.faults.clear();
          desk.service.faults.add({ moment: 'arrival', effect, times: 100 });
          const { stdout } = await desk.run(command, { env: desk.env(surface) });
          assert.doesNotMatch(stdout, /was created/);
        }
      }
      assert.equal(requests, 0);
      assert.ok(desk.service.requests.length > 0);
    });
  }
});

/** The files of a folder that hold a text. */
async function findIn(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(text)) found.push(path);
  }
  return found;
}

async function start(
  test: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  test.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
