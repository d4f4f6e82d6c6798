import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';
import { surfaceNames } from '../../practice/surface.ts';
import { sendRaw, startPractice, type Practice } from './practiceClient.ts';

function getWith(practice: Practice, headers: Record<string, string>, path = '/v1/files') {
  return new Promise<number | undefined>((resolve, reject) => {
    request(practice.service.origin + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the key', () => {
  for (const surface of surfaceNames) {
    it(`opens the surface ${surface} in the headers that it knows, and no other does`, async (test) => {
      const practice = await startPractice(test, surface);
      const { key } = practice.service;
      const status = async (headers: Record<string, string>) =>
        (await fetch(practice.address('/files'), { headers })).status;
      assert.equal(await status({ authorization: `Bearer ${key}` }), 200);
      assert.equal(await status({ 'api-key': key }), surface === 'openai' ? 401 : 200);
      assert.equal(await status({}), 401);
      assert.equal(await status({ authorization: `Bearer ${key}x` }), 401);
      assert.equal(await status({ authorization: 'Basic Og==' }), 401);
    });
  }

  it('is never told again, and is another one each time', async (test) => {
    const practice = await startPractice(test, 'openai');
    const other = await startPractice(test, 'openai');
    const { body } = await practice.ask('GET', '/files', {
      headers: { authorization: 'Bearer sk-mine' },
    });
    assert.deepEqual(body.error, {
      message: 'Incorrect API key provided.',
      type: 'invalid_request_error',
      param: null,
      code: 'invalid_api_key',
    });
    assert.notEqual(practice.service.key, other.service.key);
  });
});

describe('errors', () => {
  it('have the shape of the surface', async (test) => {
    const practice = await startPractice(test, 'openai');
    const errors = [];
    for (const surface of surfaceNames) {
      errors.push((await practice.on(surface).ask('GET', '/files/file-x')).body.error);
    }
    const message = 'No such File object: file-x';
    assert.deepEqual(errors, [
      { message, type: 'invalid_request_error', param: 'id', code: null },
      { code: 'notFound', message, param: 'id', type: 'error', inner_error: {} },
      { code: 'notFound', message },
    ]);
  });
});

describe('the address', () => {
  it('needs an api-version that is a date where the surface goes by dates', async (test) => {
    const practice = await startPractice(test, 'azure-dated');
    const status = (path: string) => getWith(practice, { 'api-key': practice.service.key }, path);
    assert.equal(await status('/openai/files?api-version=2024-10-21'), 200);
    assert.equal(await status('/openai/files'), 404);
    assert.equal(await status('/openai/files?api-version=latest'), 400);
    assert.equal(await status('/openai/v1/files'), 200);
    assert.equal(await status('/openai/v1/files?api-version=preview'), 200);
    assert.equal(await status('/openai/v1/files?api-version=2024-10-21'), 400);
  });

  it('is that of one provider only where the service was asked for it', async (test) => {
    const practice = await startPractice(test, 'openai', { provider: 'openai' });
    assert.deepEqual(Object.keys(practice.service.addresses), ['openai']);
    const headers = { 'api-key': practice.service.key };
    assert.equal(await getWith(practice, headers, '/openai/v1/files'), 404);
  });

  it('is of this machine: another name for it is refused', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { port } = new URL(practice.service.origin);
    const authorization = `Bearer ${practice.service.key}`;
    assert.equal(await getWith(practice, { authorization, host: `localhost:${port}` }), 200);
    for (const host of [`rebound.example:${port}`, '127.0.0.1', `127.0.0.1:${port}.example`]) {
      assert.equal(await getWith(practice, { authorization, host }), 421, host);
    }
    assert.equal(await getWith(practice, { host: 'a.example' }, '/practice/requests'), 421);
  });

  it('listens on loopback and nowhere else', async (test) => {
    const practice = await startPractice(test, 'openai');
    assert.match(practice.service.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('a POST without a length', () => {
  async function cancelWithoutLength(
    practice: Practice,
    base: string,
    query = '',
  ): Promise<string> {
    const { host } = new URL(practice.service.origin);
    const path = `${base}/fine_tuning/jobs/ftjob-x/cancel${query}`;
    const auth = `Authorization: Bearer ${practice.service.key}`;
    return sendRaw(
      practice,
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${auth}\r\nConnection: close\r\n\r\n`,
    );
  }

  it('is refused with 411 by Azure, and not by OpenAI', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    assert.match(await cancelWithoutLength(practice, '/openai/v1'), /^HTTP\/1\.1 411 /);
    const dated = await cancelWithoutLength(practice, '/openai', '?api-version=2024-10-21');
    assert.match(dated, /^HTTP\/1\.1 411 /);
    assert.match(await cancelWithoutLength(practice, '/v1'), /^HTTP\/1\.1 404 /);
    const empty = await practice.ask('POST', '/fine_tuning/jobs/ftjob-x/cancel', { json: {} });
    assert.equal(empty.status, 404);
  });
});
