import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { startPractice, type Practice } from './practiceClient.ts';
import { fileOf } from './trainingFiles.ts';

const sound = fileOf();
const half = Math.floor(sound.length / 2);

async function createUpload(practice: Practice, bytes = sound.length): Promise<string> {
  const json = { filename: 'a.jsonl', purpose: 'fine-tune', bytes, mime_type: 'application/jsonl' };
  return (await practice.ask('POST', '/uploads', { json })).body.id;
}

async function addPart(practice: Practice, upload: string, content: string): Promise<string> {
  const form = new FormData();
  form.set('data', new Blob([content], { type: 'application/octet-stream' }), 'part');
  return (await practice.ask('POST', `/uploads/${upload}/parts`, { form })).body.id;
}

function complete(practice: Practice, upload: string, parts: readonly string[], md5?: string) {
  const json = { part_ids: parts, ...(md5 !== undefined && { md5 }) };
  return practice.ask('POST', `/uploads/${upload}/complete`, { json });
}

for (const surface of ['openai', 'azure-dated'] as const) {
  describe(`an upload on the surface ${surface}`, () => {
    it('becomes one file of its parts, in the order that is given at the end', async (test) => {
      const practice = await startPractice(test, surface);
      const upload = await createUpload(practice);
      assert.match(upload, /^upload_/);
      const second = await addPart(practice, upload, sound.slice(half));
      const first = await addPart(practice, upload, sound.slice(0, half));
      const { body, status } = await complete(
        practice,
        upload,
        [first, second],
        hash('md5', sound),
      );
      assert.deepEqual([status, body.status], [200, 'completed']);
      const file = body['file'] as { id: string };
      const content = await practice.ask('GET', `/files/${file.id}/content`);
      assert.equal(content.text, sound);
      await practice.service.idle();
      assert.equal((await readdir(practice.service.folder ?? '')).length, 1);
    });
  });
}

describe('an upload', () => {
  it('is completed once, with the bytes and the checksum that it was created for', async (test) => {
    const practice = await startPractice(test, 'openai');
    const upload = await createUpload(practice);
    const part = await addPart(practice, upload, sound.slice(0, half));
    const short = await complete(practice, upload, [part]);
    assert.deepEqual([short.status, short.body.error.param], [400, 'part_ids']);
    assert.match(short.body.error.message, new RegExp(`have ${half} bytes`));
    const rest = await addPart(practice, upload, sound.slice(half));
    const wrong = await complete(practice, upload, [part, rest], hash('md5', 'other'));
    assert.deepEqual([wrong.status, wrong.body.error.param], [400, 'md5']);
    const unknown = await complete(practice, upload, [part, 'part_x']);
    assert.equal(unknown.status, 400);
    assert.equal((await complete(practice, upload, [part, rest])).status, 200);
    const again = await complete(practice, upload, [part, rest]);
    assert.deepEqual(
      [again.status, again.body.error.message],
      [400, `Upload ${upload} is completed.`],
    );
    assert.equal((await practice.ask('GET', '/files')).body.data.length, 1);
  });

  it('takes nothing any more once it is cancelled', async (test) => {
    const practice = await startPractice(test, 'openai');
    const upload = await createUpload(practice);
    await addPart(practice, upload, 'a');
    const { body } = await practice.ask('POST', `/uploads/${upload}/cancel`, { json: {} });
    assert.equal(body.status, 'cancelled');
    assert.equal(await addPart(practice, upload, 'a'), undefined);
    await practice.service.idle();
    assert.deepEqual(await readdir(practice.service.folder ?? ''), []);
  });

  it('expires after an hour, or when the service is told to', async (test) => {
    const practice = await startPractice(test, 'openai');
    const upload = await createUpload(practice);
    await practice.pass(3_599_000);
    assert.notEqual(await addPart(practice, upload, 'a'), undefined);
    await practice.pass(1000);
    const late = await complete(practice, upload, ['part_x']);
    assert.equal(late.body.error.message, `Upload ${upload} is expired.`);
    const other = await createUpload(practice);
    practice.service.expireUploads();
    const early = await complete(practice, other, ['part_x']);
    assert.equal(early.body.error.message, `Upload ${other} is expired.`);
  });

  it('is not known under /openai/v1, nor there in a project', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const json = { filename: 'a', purpose: 'fine-tune', bytes: 1, mime_type: 'text/jsonl' };
    assert.equal((await practice.ask('POST', '/uploads', { json })).status, 404);
    const project = `${practice.service.origin}/api/projects/p1/openai/v1`;
    const headers = { 'api-key': practice.service.key };
    assert.equal((await fetch(`${project}/uploads`, { method: 'POST', headers })).status, 404);
    assert.equal((await fetch(`${project}/files`, { headers })).status, 200);
  });

  it('is refused when it is announced as too large, and so is a part', async (test) => {
    const practice = await startPractice(test, 'openai', { limits: { maxUploadBytes: 10 } });
    const json = { filename: 'a', purpose: 'fine-tune', bytes: 11, mime_type: 'text/jsonl' };
    assert.equal((await practice.ask('POST', '/uploads', { json })).status, 400);
    const upload = await createUpload(practice, 10);
    const form = new FormData();
    form.set('data', new Blob([new Uint8Array(64 * 1024 ** 2 + 1)]), 'part');
    assert.equal((await practice.ask('POST', `/uploads/${upload}/parts`, { form })).status, 413);
  });
});
