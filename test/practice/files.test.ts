import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { surfaceNames } from '../../practice/surface.ts';
import { startPractice } from './practiceClient.ts';
import { fileOf, soundRecords } from './trainingFiles.ts';

const sound = fileOf();

for (const surface of surfaceNames) {
  describe(`files on the surface ${surface}`, () => {
    it('are uploaded, listed, told of, read back and deleted', async (test) => {
      const practice = await startPractice(test, surface);
      const { status, body } = await practice.upload(sound);
      assert.equal(status, surface === 'azure-dated' ? 201 : 200);
      assert.match(body.id, surface === 'openai' ? /^file-\w{24}$/ : /^file-[0-9a-f]{32}$/);
      assert.deepEqual(
        [body['filename'], body['purpose'], body['bytes']],
        ['train.jsonl', 'fine-tune', sound.length],
      );

      const list = await practice.ask('GET', '/files?purpose=fine-tune');
      assert.deepEqual(list.body.data, [body]);
      assert.deepEqual((await practice.ask('GET', '/files?purpose=batch')).body.data, []);
      assert.deepEqual((await practice.ask('GET', `/files/${body.id}`)).body, body);
      const content = await practice.ask('GET', `/files/${body.id}/content`);
      assert.equal(content.text, sound);

      const gone = await practice.ask('DELETE', `/files/${body.id}`);
      assert.deepEqual(
        [gone.status, gone.body],
        surface === 'azure-dated'
          ? [204, {}]
          : [200, { id: body.id, object: 'file', deleted: true }],
      );
      assert.equal((await practice.ask('GET', `/files/${body.id}`)).status, 404);
      assert.deepEqual(await readdir(practice.service.folder ?? ''), []);
    });

    it('are processed after a while', async (test) => {
      const practice = await startPractice(test, surface);
      const { body } = await practice.upload(sound);
      const seen = [body.status];
      for (let second = 0; second < 2; second++) {
        await practice.pass(1000);
        seen.push((await practice.ask('GET', `/files/${body.id}`)).body.status);
      }
      const wanted = {
        openai: ['uploaded', 'uploaded', 'processed'],
        'azure-v1': ['pending', 'running', 'processed'],
        'azure-dated': ['pending', 'running', 'processed'],
      };
      assert.deepEqual(seen, wanted[surface]);
    });

    it('have the status error, and the reason, where a line is not JSON', async (test) => {
      const practice = await startPractice(test, surface);
      const lines = soundRecords(12);
      lines[4] = '{"messages": [}';
      const id = await practice.uploaded(lines.join('\n'));
      const { body } = await practice.ask('GET', `/files/${id}`);
      assert.equal(body.status, 'error');
      assert.match(
        String(body['status_details']),
        /^Invalid file format\. Example 5 cannot be parsed\. Error: line contains invalid json: .+: line 1 column 15 \(char 14\) \(line 5\)$/,
      );
    });
  });
}

describe('files', () => {
  it('are paged through by the id of the last', async (test) => {
    const practice = await startPractice(test, 'openai');
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.unshift((await practice.upload(sound)).body.id);
    const first = (await practice.ask('GET', '/files?limit=2')).body;
    assert.deepEqual([first.data.map(({ id }) => id), first['has_more']], [ids.slice(0, 2), true]);
    const last = (await practice.ask('GET', `/files?limit=3&after=${String(first['last_id'])}`))
      .body;
    assert.deepEqual([last.data.map(({ id }) => id), last['has_more']], [ids.slice(2), false]);
    const oldest = (await practice.ask('GET', '/files?order=asc&limit=1')).body;
    assert.deepEqual(
      oldest.data.map(({ id }) => id),
      ids.slice(-1),
    );
    assert.equal((await practice.ask('GET', '/files?after=file-x')).status, 404);
  });

  it('belong to one provider, and to both surfaces of Azure', async (test) => {
    const practice = await startPractice(test, 'azure-v1');
    const { body } = await practice.upload(sound);
    assert.equal((await practice.on('azure-dated').ask('GET', `/files/${body.id}`)).status, 200);
    assert.equal((await practice.on('openai').ask('GET', `/files/${body.id}`)).status, 404);
  });

  it('are gone when the time is over that they were given', async (test) => {
    const practice = await startPractice(test, 'openai');
    const form = new FormData();
    form.set('purpose', 'fine-tune');
    form.set('expires_after[anchor]', 'created_at');
    form.set('expires_after[seconds]', '3600');
    form.set('file', new Blob([sound]), 'train.jsonl');
    const { body } = await practice.ask('POST', '/files', { form });
    assert.equal(Number(body['expires_at']) - Number(body['created_at']), 3600);
    await practice.pass(3_600_000);
    assert.equal((await practice.ask('GET', `/files/${body.id}`)).status, 404);
  });

  it('are refused at once by OpenAI where the first line is no object', async (test) => {
    const practice = await startPractice(test, 'openai');
    const { status, body } = await practice.upload('["a"]\n');
    assert.equal(status, 400);
    assert.deepEqual(body.error, {
      message:
        'Expected file to have JSONL format, where every line is a JSON dictionary. Line 1 is not a dictionary (HINT: line starts with: "["a"...").',
      type: 'invalid_request_error',
      param: null,
      code: null,
    });
    assert.deepEqual((await practice.ask('GET', '/files')).body.data, []);
  });

  it('are refused by Azure without a content type', async (test) => {
    for (const surface of ['azure-v1', 'azure-dated'] as const) {
      const practice = await startPractice(test, surface);
      const boundary = 'b';
      const body = `--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nfine-tune\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.jsonl"\r\n\r\n{}\r\n--b--\r\n`;
      const response = await fetch(practice.address('/files'), {
        method: 'POST',
        headers: {
          'api-key': practice.service.key,
          'content-type': `multipart/form-data; boundary=${boundary}`,
        },
        body,
      });
      const { error } = (await response.json()) as { error: { code: string; message: string } };
      assert.deepEqual(
        [response.status, error.code, error.message],
        [400, 'invalidPayload', 'The file has no or an empty content type specified.'],
      );
      assert.deepEqual(await readdir(practice.service.folder ?? ''), []);
    }
  });

  it('are refused when they are too large, too many or without bytes', async (test) => {
    const limits = { maxFileBytes: 3000, maxStoredBytes: 4000, maxStoredFiles: 3 };
    const practice = await startPractice(test, 'azure-v1', { limits });
    const sizes = [3001, 2000, 1999, 2, 1, 1, 0];
    const answers = [];
    for (const size of sizes) answers.push(await practice.upload(' '.repeat(size)));
    assert.deepEqual(
      answers.map(({ status, body }) => [status, status === 200 ? undefined : body.error.code]),
      [
        [413, 'invalidPayload'],
        [200, undefined],
        [200, undefined],
        [400, 'quotaExceeded'],
        [200, undefined],
        [400, 'quotaExceeded'],
        [400, 'invalidPayload'],
      ],
    );
    assert.equal((await readdir(practice.service.folder ?? '')).length, 3);
  });
});
