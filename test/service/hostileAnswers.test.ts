import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { Credential } from '../../core/service/credential.ts';
import { parseEndpoint } from '../../core/service/endpoint.ts';
import {
  createJob,
  getJob,
  listCheckpoints,
  listEvents,
  listJobs,
  readJob,
} from '../../core/service/jobs.ts';
import { ServiceClient, type ServiceClientOptions } from '../../core/service/serviceClient.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { hastyClock } from './practiceBench.ts';

/** What comes over the wire in place of an answer, and what it is taken for. */
const noAnswers: readonly [string, string, string][] = [
  ['is no HTTP', 'garbage\r\n\r\n', 'cut unknown'],
  ['has a header that is none', 'HTTP/1.1 200 OK\r\nA\u0000b: c\r\n\r\n{}', 'cut unknown'],
  [
    'has two lengths',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    'cut unknown',
  ],
  ['is of another version', 'HTTP/9.9 200 OK\r\nContent-Length: 2\r\n\r\n{}', 'cut unknown'],
  ['has no status', 'HTTP/1.1 000 OK\r\nContent-Length: 2\r\n\r\n{}', 'not-the-service unknown'],
  [
    'changes the protocol',
    'HTTP/1.1 101 Other\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'cut unknown',
  ],
  ['is shorter than it says', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}', 'cut unknown'],
  [
    'has pieces that are none',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nz\r\n{}',
    'cut unknown',
  ],
];

describe('an answer that', () => {
  for (const [what, bytes, expected] of noAnswers) {
    it(`${what} is ${expected}, and is waited for no longer`, async (test) => {
      const client = await answering(test, ({ socket }) => socket.end(bytes, 'latin1'));
      const specification = { model: 'm', trainingFile: 'f', submissionId: 's', fingerprint: 'f' };
      const error: unknown = await createJob(client, specification).catch(
        (thrown: unknown) => thrown,
      );
      assert.ok(error instanceof ServiceError, String(error));
      assert.equal(`${error.kind} ${error.outcome}`, expected);
    });
  }
});

describe('a list that never ends', () => {
  it('is read to an end all the same', async () => {
    const client = new EndlessClient(optionsFor(9));
    assert.equal((await listEvents(client, 'ftjob-1')).length, 100_000);
    assert.equal((await listCheckpoints(client, 'ftjob-1')).length, 100_000);
    let jobs = 0;
    for await (const _ of listJobs(client, { most: Infinity })) jobs += 1;
    assert.equal(jobs, 100_000);
  });
});

/** Has always one more page. */
class EndlessClient extends ServiceClient {
  #count = 0;

  override async get(): Promise<unknown> {
    const data = Array.from({ length: 100 }, () => ({ id: `e${this.#count++}` }));
    return Promise.resolve({ data, has_more: true });
  }
}

describe('a job with values that make no sense', () => {
  it('is read without them', async (test) => {
    const client = await answering(test, (request) => {
      answer(request, {
        id: 'ftjob-1',
        created_at: 1e300,
        finished_at: -1e20,
        model: 3,
        error: [],
      });
    });
    const job = await getJob(client, 'ftjob-1');
    assert.deepEqual([job.createdAt, job.finishedAt, job.model], [undefined, undefined, '']);
  });

  it('has times that can be written as dates, up to the last one there is', () => {
    // ECMA-262, 21.4.1.1: 8.64e15 milliseconds to either side of 1970.
    assert.equal(readJob({ id: 'a', created_at: 8.64e12 })?.createdAt, 8.64e15);
    assert.equal(readJob({ id: 'a', created_at: 8.65e12 })?.createdAt, undefined);
  });
});

function answer({ socket }: IncomingMessage, value: unknown): void {
  const body = JSON.stringify(value);
  socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}

/** A client of a service that does with each request what it is told to. */
async function answering(
  test: TestContext,
  onRequest: (request: IncomingMessage) => void,
): Promise<ServiceClient> {
  const server = createServer((request) => {
    request.resume();
    onRequest(request);
  });
  test.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new ServiceClient(optionsFor((server.address() as AddressInfo).port));
}

function optionsFor(port: number): ServiceClientOptions {
  const endpoint = parseEndpoint(`http://127.0.0.1:${port}/v1`, 'openai');
  assert.ok(!('problem' in endpoint));
  const credential = new Credential(endpoint, 'bearer', 'key');
  return { endpoint, credential, clock: hastyClock, patience: 2000 };
}
