import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it, type TestContext } from 'node:test';
import { Credential } from '../../core/service/credential.ts';
import { parseEndpoint } from '../../core/service/endpoint.ts';
import { getJob } from '../../core/service/jobs.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import { errorKinds, ServiceError, type ErrorKind } from '../../core/service/serviceError.ts';
import { fingerprintOf, submit } from '../../core/service/submission.ts';
import { uploadInParts } from '../../core/service/uploads.ts';
import type { Fault, FaultEffect } from '../../practice/practice.ts';
import { selfSigned } from '../helpers/selfSigned.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { hastyClock, PracticeBench } from './practiceBench.ts';

let bench: PracticeBench;
beforeEach(async () => {
  bench = await PracticeBench.open();
});
afterEach(async () => {
  await bench.close();
});

/** How each kind of failure comes about. */
const scenarios: Readonly<Record<ErrorKind, (test: TestContext) => Promise<unknown>>> = {
  // A label of more than 63 characters is no name (RFC 1035, 2.3.4): no resolver has to be asked.
  'no-network': async () => ask(`https://${'a'.repeat(64)}.invalid/v1`),
  // The discard port, where nothing listens.
  'no-connection': async () => ask('http://127.0.0.1:9/v1'),
  'bad-certificate': async (test) => ask(await startSecure(test)),
  timeout: async () => {
    fail('getJob', 'arrival', { kind: 'delay', milliseconds: 60_000 });
    return getJob(bench.client('openai', { patience: 50 }), 'ftjob-1');
  },
  cut: async () => {
    fail('getJob', 'arrival', { kind: 'cut' });
    return getJob(bench.client(), 'ftjob-1');
  },
  cancelled: async () => {
    const stop = new AbortController();
    const { faults } = bench.service;
    faults.add({ moment: 'arrival', effect: { kind: 'delay', milliseconds: 60_000 } });
    const asked = getJob(bench.client(), 'ftjob-1', stop.signal);
    while (faults.planned.length > 0) await hastyClock.sleep(0);
    stop.abort();
    return asked;
  },
  redirect: async () => {
    fail('getJob', 'arrival', { kind: 'redirect', location: 'http://127.0.0.1:9/', status: 307 });
    return getJob(bench.client(), 'ftjob-1');
  },
  'not-the-service': async (test) => ask(await startWebServer(test, 404)),
  'wrong-key': async () => getJob(bench.client('openai', { key: 'another' }), 'ftjob-1'),
  forbidden: async (test) => ask(await startWebServer(test, 403)),
  'training-closed': async () => {
    fail('createJob', 'arrival', { kind: 'refuse', refusal: 'training-not-available' });
    return bench.submit();
  },
  'not-found': async () => getJob(bench.client(), 'ftjob-1'),
  'wrong-model': async () => bench.submit({ wishes: { model: 'gpt-3' } }),
  'quota-full': async () => {
    fail('createFile', 'arrival', { kind: 'refuse', refusal: 'quota-full' });
    return bench.submit({}, 'azure-v1');
  },
  'rate-limited': async () => {
    fail('getJob', 'arrival', { kind: 'refuse', refusal: 'rate-limit' });
    return getJob(bench.client(), 'ftjob-1');
  },
  'too-large': async () => {
    fail('createFile', 'arrival', { kind: 'status', status: 413 });
    return bench.submit();
  },
  conflict: async () => {
    fail('createFile', 'arrival', { kind: 'status', status: 409 });
    return bench.submit();
  },
  refused: async () => {
    fail('createFile', 'arrival', { kind: 'status', status: 400 });
    return bench.submit();
  },
  'service-failed': async () => {
    fail('getJob', 'arrival', { kind: 'status', status: 503 });
    return getJob(bench.client(), 'ftjob-1');
  },
  'file-refused': async () => {
    await writeFile(join(bench.folder, 'train.jsonl'), '{"messages": \n');
    return bench.submit({}, 'azure-v1');
  },
  'file-changed': async () => {
    const plan = await bench.plan();
    await writeFile(join(bench.folder, 'train.jsonl'), withSoundRecords().replaceAll('Hi', 'Ho'));
    return submit(plan, { client: bench.client(), journal: bench.journal });
  },
  'upload-expired': async () => {
    let now = Date.now();
    const clock = { ...hastyClock, now: () => now };
    return uploadInParts(bench.client('openai', { clock }), {
      ...(await bench.checked('train.jsonl', 100)),
      name: 'train-1.jsonl',
      onState: async () => Promise.resolve(),
      onProgress: () => {
        now += 7_200_000;
        bench.service.expireUploads();
      },
    });
  },
  'being-submitted': async () => {
    const fingerprint = fingerprintOf(await bench.plan(), bench.client());
    assert.ok(await bench.journal.lock(fingerprint));
    return bench.submit();
  },
  'job-gone': async () => {
    const { submission } = await bench.submit();
    await bench.journal.write({ ...submission, jobId: 'ftjob-gone' });
    return bench.submit();
  },
  'unknown-outcome': async () => {
    fail('createJob', 'arrival', { kind: 'cut' });
    return bench.submit();
  },
};

describe('docs/service-errors.md', () => {
  const rows = readRows();

  it('has a row for each kind of failure, in their order', () => {
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      errorKinds,
    );
  });

  for (const { kind, message } of rows) {
    it(`words ${kind} as it is worded when it happens`, async (test) => {
      const error: unknown = await scenarios[kind](test).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof ServiceError, String(error));
      assert.equal(error.kind, kind);
      assert.match(error.message, patternOf(message));
    });
  }
});

interface Row {
  readonly kind: ErrorKind;
  readonly message: string;
}

function readRows(): readonly Row[] {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'service-errors.md');
  return [...readFileSync(path, 'utf8').matchAll(/^\| `([a-z-]+)` \| (.*?) \|/gm)].map(
    ([, kind, message = '']) => ({ kind: kind as ErrorKind, message }),
  );
}

const placeholders: Readonly<Record<string, string>> = {
  HOST: String.raw`[\w.:-]+`,
  STATUS: String.raw`(?:\d{3}|error)`,
  FILE: String.raw`train\.jsonl`,
  SECONDS: String.raw`\d+`,
  REASON: '.+',
  JOBID: 'ftjob-gone',
  NUMBER: String.raw`\d+`,
  MACHINE: String.raw`\S+`,
  PATH: String.raw`\S+\.lock`,
};

/** The message from beginning to end, but for the service's own words. */
function patternOf(message: string): RegExp {
  const literal = message.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const pattern = literal.replaceAll(/\b[A-Z]{4,}\b/g, (name) => placeholders[name] ?? name);
  return new RegExp(`^${pattern}(?: It said: .+)?$`);
}

/** Of each request there is, so that trying again does not help. */
function fail(operation: Fault['operation'], moment: Fault['moment'], effect: FaultEffect): void {
  bench.service.faults.add({ operation: operation ?? 'getJob', moment, effect, times: 10 });
}

/** Asks for a job at another address. */
async function ask(address: string): Promise<unknown> {
  const endpoint = parseEndpoint(address, 'openai');
  assert.ok(!('problem' in endpoint));
  const credential = new Credential(endpoint, 'bearer', 'key');
  const client = new ServiceClient({ endpoint, credential, clock: hastyClock, patience: 2000 });
  return getJob(client, 'ftjob-1');
}

/** What says nothing but its status, as a web page. */
async function startWebServer(test: TestContext, status: number): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(status).end('<html>');
  });
  test.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** A certificate that nobody has signed is as little believed as one that a wrong clock takes for expired. */
async function startSecure(test: TestContext): Promise<string> {
  const server = createSecureServer(selfSigned('localhost'));
  test.after(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://localhost:${(server.address() as AddressInfo).port}/v1`;
}
