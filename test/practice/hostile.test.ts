import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sendRaw, startPractice, type Practice } from './practiceClient.ts';
import { fileOf } from './trainingFiles.ts';

async function postForm(practice: Practice, body: string, boundary = 'b'): Promise<number> {
  const response = await fetch(practice.address('/files'), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${practice.service.key}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    body,
  });
  return response.status;
}

async function assertAlive(practice: Practice): Promise<void> {
  assert.equal((await practice.upload(fileOf())).status, 200);
}

describe('the practice service survives', () => {
  it('bytes that are no request, and headers without end', async (test) => {
    const practice = await startPractice(test, 'openai');
    assert.match(await sendRaw(practice, Buffer.from([0, 255, 10, 13, 7])), /^HTTP\/1\.1 400 /);
    const { host } = new URL(practice.service.origin);
    const huge = `GET /v1/files HTTP/1.1\r\nHost: ${host}\r\nX: ${'a'.repeat(1 << 20)}\r\n\r\n`;
    assert.doesNotMatch(await sendRaw(practice, huge), /^HTTP\/1\.1 200 /);
    await assertAlive(practice);
  });

  it('forms that are cut, have no boundary, no names or the same name twice', async (test) => {
    const practice = await startPractice(test, 'openai');
    const field = (name: string, content: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`;
    const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n{}\r\n';
    const forms = [
      '',
      'no form at all',
      '--b',
      '--b--',
      '--bx\r\n',
      `${field('purpose', 'fine-tune')}${file}`,
      `${field('purpose', 'fine-tune')}--b--`,
      `${file}${file}--b--`,
      `${field('purpose', 'a')}${field('purpose', 'b')}${file}--b--`,
      `${field('__proto__', 'fine-tune')}${file}--b--`,
      `${field('purpose[__proto__]', 'fine-tune')}${file}--b--`,
      `--b\r\nContent-Disposition: attachment\r\n\r\n\r\n--b--`,
      `--b\r\nX: ${'a'.repeat(20_000)}\r\n\r\n\r\n--b--`,
      `${field('purpose', 'x'.repeat(2 << 20))}${file}--b--`,
      field('a', '').repeat(101) + '--b--',
    ];
    for (const [index, form] of forms.entries()) {
      const status = await postForm(practice, form);
      assert.ok([400, 413].includes(status), `form ${index}: ${status}`);
    }
    assert.equal(await postForm(practice, '--b--', '"'), 400);
    assert.deepEqual(await readdir(practice.service.folder ?? ''), []);
    await assertAlive(practice);
  });

  it('names that are paths: nothing is written or read outside its folder', async (test) => {
    const practice = await startPractice(test, 'openai');
    const form = new FormData();
    form.set('purpose', 'fine-tune');
    form.set('file', new Blob([fileOf()]), '../../../../etc/passwd');
    const { body } = await practice.ask('POST', '/files', { form });
    assert.equal(body['filename'], 'passwd');
    const [name] = await readdir(practice.service.folder ?? '');
    assert.match(name ?? '', /^[0-9a-f-]{36}$/);
    for (const path of [
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e',
      '__proto__',
      'constructor',
      '%00',
      '%',
    ]) {
      assert.equal((await practice.ask('GET', `/files/${path}/content`)).status, 404, path);
      assert.equal((await practice.ask('GET', `/fine_tuning/jobs/${path}`)).status, 404, path);
    }
  });

  it('bodies that are no JSON, too long or too deep', async (test) => {
    const practice = await startPractice(test, 'openai');
    const post = async (body: string) => {
      const response = await fetch(practice.address('/fine_tuning/jobs'), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${practice.service.key}`,
          'content-type': 'application/json',
        },
        body,
      });
      return response.status;
    };
    assert.equal(await post('{'), 400);
    assert.equal(await post('[]'), 400);
    assert.equal(await post('null'), 400);
    assert.equal(await post(''), 400);
    assert.equal(await post(`{"model": ${'['.repeat(5000)}${']'.repeat(5000)}}`), 400);
    assert.equal(await post('{"__proto__": {"model": "a", "training_file": "b"}}'), 400);
    assert.equal(await post(`"${'a'.repeat(1 << 20)}"`), 413);
    await assertAlive(practice);
  });

  it('files that somebody takes away from under it', async (test) => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const practice = await startPractice(test, 'openai', { onError });
    const json = { filename: 'a', purpose: 'batch', bytes: 2, mime_type: 'text/jsonl' };
    const { id } = (await practice.ask('POST', '/uploads', { json })).body;
    const form = new FormData();
    form.set('data', new Blob(['{}']), 'part');
    const part = await practice.ask('POST', `/uploads/${id}/parts`, { form });
    const folder = practice.service.folder ?? '';
    for (const name of await readdir(folder)) await rm(join(folder, name));
    const completed = await practice.ask('POST', `/uploads/${id}/complete`, {
      json: { part_ids: [part.body.id] },
    });
    assert.deepEqual(
      [completed.status, completed.body.error.message],
      [500, 'The practice service failed.'],
    );
    assert.equal(errors.length, 1);
    await assertAlive(practice);
  });

  it('somebody who hangs up in the middle of an upload', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { host } = new URL(practice.service.origin);
    const head = [
      'POST /v1/files HTTP/1.1',
      `Host: ${host}`,
      `Authorization: Bearer ${practice.service.key}`,
      'Content-Type: multipart/form-data; boundary=b',
      'Content-Length: 100000',
    ].join('\r\n');
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n{}';
    await sendRaw(practice, `${head}\r\n\r\n${part}`);
    await assertAlive(practice);
    assert.equal((await readdir(practice.service.folder ?? '')).length, 1);
  });
});
