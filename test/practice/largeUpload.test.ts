import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, it } from 'node:test';
import { startPractice } from './practiceClient.ts';

const mebibyte = 1024 ** 2;
const wanted = 200 * mebibyte;

describe('an upload of 200 MB', () => {
  it('is kept on disk and hashed while the process grows by less than half of it', async (test) => {
    const practice = await startPractice(test, 'openai');
    // Not to be trained on: what is measured is the transport.
    const head = Buffer.from(
      '--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: a/b\r\n\r\n',
    );
    const sent = createHash('md5');
    const chunk = Buffer.alloc(mebibyte / 4, 'record ');
    const before = process.memoryUsage().rss;
    let most = before;
    function* form(): Generator<Buffer> {
      yield head;
      for (let bytes = 0; bytes < wanted; bytes += chunk.length) {
        sent.update(chunk);
        most = Math.max(most, process.memoryUsage().rss);
        yield chunk;
      }
      yield Buffer.from('\r\n--b--\r\n');
    }
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(
        practice.address('/files'),
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${practice.service.key}`,
            'content-type': 'multipart/form-data; boundary=b',
          },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      pipeline(Readable.from(form()), outgoing).catch(reject);
    });
    assert.equal(await answered, 200);
    const [name = ''] = await readdir(practice.service.folder ?? '');
    const { size } = await stat(join(practice.service.folder ?? '', name));
    assert.equal(size, wanted);
    const grown = (most - before) / mebibyte;
    test.diagnostic(`grew by ${grown.toFixed(0)} MB`);
    assert.ok(grown < 100, `grew by ${grown.toFixed(0)} MB`);
    const { data } = (await practice.ask('GET', '/files')).body;
    assert.equal(data[0]?.['bytes'], wanted);
  });
});

describe('the folder of the service', () => {
  it('is gone when the service ends', async (test) => {
    const practice = await startPractice(test, 'openai');
    await practice.upload('{}');
    const { folder = '' } = practice.service;
    assert.ok((await stat(folder)).isDirectory());
    await practice.service.stop();
    await assert.rejects(stat(folder), { code: 'ENOENT' });
    assert.equal(practice.service.folder, undefined);
  });
});
