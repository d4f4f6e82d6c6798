import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { before, describe, it, type TestContext } from 'node:test';
import type { OpenAPIBackend } from 'openapi-backend';
import { completionsPath } from '../../client/service/requests.ts';
import { Credential } from '../../core/service/credential.ts';
import { parseEndpoint } from '../../core/service/endpoint.ts';
import { deleteFile, downloadFile } from '../../core/service/files.ts';
import { followJob } from '../../core/service/followJob.ts';
import { actOnJob } from '../../core/service/jobs.ts';
import { jsonBody, ServiceClient } from '../../core/service/serviceClient.ts';
import { listStored } from '../../core/service/room.ts';
import { submit } from '../../core/service/submission.ts';
import { cancelUpload, uploadInParts } from '../../core/service/uploads.ts';
import { corporaMissing } from '../helpers/corpora.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { loadPublished } from '../practice/loadPublished.ts';
import { hastyClock, PracticeBench } from './practiceBench.ts';

/** What the client sent, as the description speaks of it. */
interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: { readonly 'content-type': string };
  readonly body?: unknown;
}

/** Everything that the product asks of OpenAI. */
const used = [
  'createFile',
  'createUpload',
  'addUploadPart',
  'completeUpload',
  'cancelUpload',
  'listFiles',
  'retrieveFile',
  'downloadFile',
  'deleteFile',
  'createFineTuningJob',
  'listPaginatedFineTuningJobs',
  'retrieveFineTuningJob',
  'listFineTuningEvents',
  'listFineTuningJobCheckpoints',
  'cancelFineTuningJob',
  'pauseFineTuningJob',
  'resumeFineTuningJob',
  'createChatCompletion',
];

describe('the description that OpenAI publishes', { skip: corporaMissing }, () => {
  let published: OpenAPIBackend;
  before(async () => {
    published = await loadPublished();
  });

  it('has nothing against any request of the client', async (test) => {
    const bench = await PracticeBench.open();
    test.after(async () => bench.close());
    const sent: SentRequest[] = [];
    const client = await recordingClient(test, bench, sent);
    await doEverything(bench, client);
    const differences: string[] = [];
    const seen = new Set<string>();
    for (const request of sent) {
      const operation = published.matchOperation(request);
      assert.ok(operation?.operationId, `${request.method} ${request.path}`);
      seen.add(operation.operationId);
      for (const error of published.validateRequest(request, operation).errors ?? []) {
        differences.push(`${operation.operationId} ${error.instancePath} ${error.message ?? ''}`);
      }
    }
    assert.deepEqual(differences, []);
    assert.deepEqual([...seen].sort(), used.toSorted());
  });
});

async function doEverything(bench: PracticeBench, client: ServiceClient): Promise<void> {
  await writeFile(join(bench.folder, 'val.jsonl'), withSoundRecords().replaceAll('Hi', 'Ho'));
  const plan = await bench.plan({
    validation: await bench.checked('val.jsonl'),
    wishes: {
      model: 'gpt-4o-2024-08-06',
      suffix: 'harbour',
      seed: 7,
      epochs: 2,
      batchSize: 4,
      learningRateMultiplier: 0.5,
    },
  });
  await listStored(client);
  // A job is refused at first, so that the next run looks whether its files are still there.
  bench.service.faults.add({
    operation: 'createJob',
    moment: 'arrival',
    effect: { kind: 'status', status: 400 },
  });
  await assert.rejects(submit(plan, { client, journal: bench.journal }));
  const { jobId, submission } = await submit(plan, { client, journal: bench.journal });
  await actOnJob(client, jobId, 'pause').catch(() => undefined);
  await actOnJob(client, jobId, 'resume').catch(() => undefined);
  let last;
  for await (const { job } of followJob(client, jobId)) last = job;
  await downloadFile(client, last?.resultFiles[0] ?? '');
  await actOnJob(client, jobId, 'cancel').catch(() => undefined);
  const model = last?.fineTunedModel ?? '';
  const messages = [{ role: 'user', content: 'Hi' }];
  await client.postOnce(completionsPath(client.endpoint, model), jsonBody({ model, messages }));
  await deleteFile(client, submission.validation?.fileId ?? '');
  let uploadId = '';
  await uploadInParts(client, {
    ...(await bench.checked('train.jsonl', 400)),
    name: 'parts.jsonl',
    onState: async (state) => {
      uploadId = state.uploadId;
      return Promise.resolve();
    },
  });
  await cancelUpload(client, uploadId).catch(() => undefined);
}

/** A client whose requests are noted on their way to the practice service. */
async function recordingClient(
  test: TestContext,
  bench: PracticeBench,
  sent: SentRequest[],
): Promise<ServiceClient> {
  const server = createServer((request, response) => {
    void pass(bench.service.origin, request, response, sent);
  });
  test.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endpoint = parseEndpoint(`http://127.0.0.1:${port}/v1`, 'openai');
  assert.ok(!('problem' in endpoint));
  const credential = new Credential(endpoint, 'bearer', bench.service.key);
  return new ServiceClient({ endpoint, credential, clock: hastyClock, random: () => 0 });
}

async function pass(
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
  sent: SentRequest[],
): Promise<void> {
  const { method = '', url = '', headers } = request;
  const bytes = await buffer(request);
  const type = headers['content-type'] ?? '';
  const { pathname, search } = new URL(url, origin);
  sent.push({
    method,
    path: pathname.replace(/^\/v1/, ''),
    query: search.slice(1),
    headers: { 'content-type': type.split(';', 1)[0] ?? '' },
    ...(bytes.length > 0 && { body: readBody(bytes, type) }),
  });
  const answer = await fetch(new URL(url, origin), {
    method,
    headers: { authorization: headers.authorization ?? '', 'content-type': type },
    ...(bytes.length > 0 && { body: bytes }),
  });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** Files of a form stand for themselves by a word: the description has them as strings. */
function readBody(bytes: Buffer, type: string): unknown {
  const text = bytes.toString('latin1');
  if (type.startsWith('application/json')) return JSON.parse(bytes.toString('utf8'));
  const parts = text.matchAll(/form-data; name="(\w+)"(; filename=)?[^]*?\r\n\r\n([^]*?)\r\n--/g);
  return Object.fromEntries(
    [...parts].map(([, name, isFile, value]) => [name, isFile === undefined ? value : 'bytes']),
  );
}
