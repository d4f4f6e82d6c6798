import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fault, FaultEffect } from '../../practice/practice.ts';
import { sendRaw, startPractice, type Practice } from './practiceClient.ts';
import { fileOf } from './trainingFiles.ts';

const sound = fileOf();

async function jobsOf(practice: Practice): Promise<number> {
  return (await practice.ask('GET', '/fine_tuning/jobs')).body.data.length;
}

/** Creates a job while this goes wrong. `undefined` where there was no answer to read. */
async function createWith(practice: Practice, fault: Omit<Fault, 'operation'>) {
  const file = await practice.uploaded(sound);
  practice.service.faults.add({ operation: 'createJob', ...fault });
  return practice.createJob(file).catch(() => undefined);
}

describe('a fault', () => {
  for (const status of [408, 409, 429, 500, 502, 503, 504]) {
    it(`answers ${status} before or after the job is created, and then no more`, async (test) => {
      const practice = await startPractice(test, 'openai');
      const effect: FaultEffect = { kind: 'status', status, retryAfter: '3' };
      const before = await createWith(practice, { moment: 'arrival', effect });
      assert.deepEqual([before?.status, before?.headers.get('retry-after')], [status, '3']);
      assert.ok(before?.body.error.message);
      assert.equal(await jobsOf(practice), 0);
      const after = await createWith(practice, { moment: 'reply', effect });
      assert.equal(after?.status, status);
      assert.equal(await jobsOf(practice), 1);
      const next = await practice.createJob(await practice.uploaded(sound));
      assert.equal(next.status, 200);
      const creations = practice.service.requests.filter((each) => each.operation === 'createJob');
      assert.deepEqual(
        creations.map((each) => [each.isDone, each.status]),
        [
          [false, status],
          [true, status],
          [true, 200],
        ],
      );
    });
  }

  it('loses the answer to a job that was created, at any byte of it', async (test) => {
    const practice = await startPractice(test, 'openai');
    const sent = await createWith(practice, {
      moment: 'reply',
      effect: { kind: 'cut', bytes: 99_999 },
    });
    assert.equal(sent?.status, 200);
    let created = 1;
    // Nothing, half the status, all but the end of the headers, the first of the body, a part of it.
    for (const bytes of [0, 1, 12, 17, 100, 180, 400]) {
      const answer = await createWith(practice, {
        moment: 'reply',
        effect: { kind: 'cut', bytes },
      });
      assert.equal(answer, undefined, `${bytes} bytes`);
      assert.equal(await jobsOf(practice), ++created);
    }
  });

  it('cuts an answer at the byte that was asked for, counted on the wire', async (test) => {
    const practice = await startPractice(test, 'openai');
    await practice.upload(sound);
    const { host } = new URL(practice.service.origin);
    const headers = `Host: ${host}\r\nAuthorization: Bearer ${practice.service.key}\r\n`;
    const request = `GET /v1/files HTTP/1.1\r\n${headers}\r\n`;
    const cutAt = (bytes: number) => {
      practice.service.faults.add({ moment: 'reply', effect: { kind: 'cut', bytes } });
      return sendRaw(practice, request);
    };
    const whole = await cutAt(10_000);
    assert.match(whole, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n\{.*\}$/);
    for (const bytes of [1, 12, whole.indexOf('{'), whole.length - 100, whole.length - 1]) {
      assert.equal(await cutAt(bytes), whole.slice(0, bytes));
    }
  });

  it('hangs up before anything is done, or in the middle of what is sent', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const cut: FaultEffect = { kind: 'cut' };
    assert.equal(await createWith(practice, { moment: 'arrival', effect: cut }), undefined);
    for (const afterBytes of [0, 10, 1000]) {
      assert.equal(
        await createWith(practice, { moment: 'body', afterBytes, effect: cut }),
        undefined,
      );
    }
    assert.equal(await jobsOf(practice), 0);
    practice.service.faults.add({
      operation: 'createFile',
      moment: 'body',
      afterBytes: 500,
      effect: cut,
    });
    const files = (await practice.ask('GET', '/files')).body.data.length;
    await assert.rejects(practice.upload(sound));
    assert.equal((await practice.ask('GET', '/files')).body.data.length, files);
  });

  it('sends the client to another host', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    for (const status of [301, 302, 307, 308] as const) {
      const effect: FaultEffect = {
        kind: 'redirect',
        location: 'https://other.example/v1',
        status,
      };
      const answer = await createWith(practice, { moment: 'arrival', effect });
      assert.deepEqual(
        [answer?.status, answer?.headers.get('location')],
        [status, 'https://other.example/v1'],
      );
    }
    assert.equal(await jobsOf(practice), 0);
  });

  it('keeps the client waiting, before or after it is done', async (test) => {
    const practice = await startPractice(test, 'openai');
    const file = await practice.uploaded(sound);
    for (const [moment, jobs] of [
      ['arrival', 0],
      ['reply', 2],
    ] as const) {
      const effect: FaultEffect = { kind: 'delay', milliseconds: 5000 };
      practice.service.faults.add({ operation: 'createJob', moment, effect });
      const waiting = new Promise((resolve) => {
        practice.clock.onAwaited((milliseconds) => {
          if (milliseconds === 5000) resolve(undefined);
        });
      });
      const answer = practice.createJob(file);
      await waiting;
      assert.equal(await jobsOf(practice), jobs);
      await practice.pass(5000);
      assert.equal((await answer).status, 200);
    }
  });

  it('refuses in the words of the services', async (test) => {
    const practice = await startPractice(test, 'openai');
    const refusal = 'training-not-available';
    const answer = await createWith(practice, {
      moment: 'arrival',
      effect: { kind: 'refuse', refusal },
    });
    assert.equal(answer?.status, 403);
    assert.deepEqual(answer.body.error, {
      message:
        'OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning training jobs. Learn more https://developers.openai.com/api/docs/deprecations#update-to-openais-self-serve-fine-tuning',
      type: 'invalid_request_error',
      param: null,
      code: 'training_not_available',
    });
    practice.service.faults.add({
      moment: 'arrival',
      effect: { kind: 'refuse', refusal: 'quota-full' },
    });
    const azure = await practice.on('azure-dated').upload(sound);
    assert.deepEqual([azure.status, azure.body.error.code], [400, 'quotaExceeded']);
  });

  it('lets requests go well first, and comes as often as it is told to', async (test) => {
    const practice = await startPractice(test, 'openai');
    const effect: FaultEffect = { kind: 'status', status: 503 };
    practice.service.faults.add({
      operation: 'listJobs',
      moment: 'arrival',
      effect,
      skip: 1,
      times: 2,
    });
    const seen: number[] = [];
    for (let index = 0; index < 4; index++) {
      seen.push((await practice.ask('GET', '/fine_tuning/jobs')).status);
      assert.equal((await practice.ask('GET', '/files')).status, 200);
    }
    assert.deepEqual(seen, [200, 503, 503, 200]);
  });
});

describe('the controls', () => {
  async function control(practice: Practice, method: string, path: string, body?: unknown) {
    const response = await fetch(`${practice.service.origin}/practice/${path}`, {
      method,
      headers: { authorization: `Bearer ${practice.service.key}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  }

  it('take faults, list them and take them back', async (test) => {
    const practice = await startPractice(test, 'openai');
    const fault = { operation: 'listFiles', moment: 'reply', effect: { kind: 'cut', bytes: 3 } };
    assert.equal((await control(practice, 'POST', 'faults', fault)).status, 201);
    assert.deepEqual((await control(practice, 'GET', 'faults')).body, { faults: [fault] });
    assert.equal((await control(practice, 'DELETE', 'faults')).status, 204);
    assert.equal((await practice.ask('GET', '/files')).status, 200);
  });

  it('refuse what is no fault', async (test) => {
    const practice = await startPractice(test, 'openai');
    const wrong = [
      {},
      { moment: 'later', effect: { kind: 'cut' } },
      { moment: 'reply', effect: { kind: 'explode' } },
      { moment: 'reply', effect: { kind: 'status', status: 200 } },
      {
        moment: 'reply',
        effect: { kind: 'status', status: 500, retryAfter: 'a\r\nSet-Cookie: b' },
      },
      { moment: 'reply', effect: { kind: 'redirect', location: 'https://a\r\nb: c' } },
      { moment: 'reply', operation: '__proto__', effect: { kind: 'cut' } },
    ];
    for (const fault of wrong) {
      const { status } = await control(practice, 'POST', 'faults', fault);
      assert.equal(status, 400, JSON.stringify(fault));
    }
  });

  it('let uploads expire, and show what was asked without any key', async (test) => {
    const practice = await startPractice(test, 'openai');
    const json = { filename: 'a', purpose: 'fine-tune', bytes: 1, mime_type: 'text/jsonl' };
    const { id } = (await practice.ask('POST', '/uploads', { json })).body;
    assert.equal((await control(practice, 'POST', 'expire-uploads')).status, 204);
    assert.equal((await practice.ask('POST', `/uploads/${id}/cancel`, { json: {} })).status, 400);
    const { body } = await control(practice, 'GET', 'requests');
    const requests = body['requests'] as { operation: string; status: number }[];
    assert.deepEqual(
      requests.map(({ operation, status }) => [operation, status]),
      [
        ['createUpload', 200],
        ['cancelUpload', 400],
      ],
    );
    assert.doesNotMatch(JSON.stringify(body), new RegExp(practice.service.key));
  });

  it('answer to nobody without the key', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { status } = await fetch(`${practice.service.origin}/practice/requests`);
    assert.equal(status, 401);
  });
});
