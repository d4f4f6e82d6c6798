import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { LearntImage } from '../../core/image/learntImages.ts';
import { learntImagesMethod } from '../../server/protocol.ts';
import { makeFolder } from '../cli/runCli.ts';
import type { Client } from '../helpers/client.ts';
import { serveInProcess } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import { imagePart, recordOf, soundRecord, withSoundRecords } from '../helpers/trainingText.ts';

const uri = 'file:///data/train.jsonl';
const [first, second] = ['https://example.com/a.png', 'https://example.com/b.png'] as const;
const text = withSoundRecords(
  recordOf(imagePart(first, 'low'), imagePart(second, 'low')),
  recordOf(imagePart(second, 'low')),
  recordOf(imagePart('data:image/png;base64,AAAA', 'low'), imagePart('photos/a.png', 'low')),
  '{"messages": [',
);
const large: LearntImage = { facts: { format: 'png', byteLength: 20_000_000 } };

// What was learnt holds until the server ends: each test has one of its own.
describe('The server, of images on the web,', () => {
  const connect = connectTo(() => serveInProcess());

  it('names the addresses in a file, each once, with the size limit that holds', async () => {
    const client = await connect({ settings: { limits: { maxImageBytes: 5000 } } });
    client.open(uri, text);
    const found = await client.webAddresses(uri);
    assert.deepEqual(found, { addresses: [first, second], maxImageBytes: 5000 });
  });

  it('names those on one line, and none on a line without a record or past the end', async () => {
    const client = await connect();
    client.open(uri, `${text}\n\n`);
    for (const [line, addresses] of [
      [1, [second]],
      [2, []],
      [3, []],
      [14, []],
      [99, []],
    ] as const) {
      assert.deepEqual((await client.webAddresses(uri, line))?.addresses, addresses, `${line}`);
    }
    assert.equal(await client.webAddresses('file:///closed.jsonl'), null);
  });

  it('names those of a document that is one record', async () => {
    const client = await connect();
    const record = JSON.stringify(JSON.parse(recordOf(imagePart(first))), undefined, 2);
    client.open('file:///one.json', record, 'json');
    assert.deepEqual((await client.webAddresses('file:///one.json'))?.addresses, [first]);
  });

  it('checks open files with what is learnt of them, and those that are opened later', async () => {
    const client = await connect();
    client.open(uri, text);
    assert.deepEqual(await found(client), []);
    client.learn([[second, large]]);
    assert.deepEqual(await found(client), ['image-size:1', 'image-size:2']);
    client.learn([[first, large]]);
    const both = ['image-size:1', 'image-size:1', 'image-size:2'];
    assert.deepEqual(await found(client), both);
    client.close(uri);
    client.open(uri, text);
    assert.deepEqual(await found(client), both);
  });

  it('takes the later word on an image, and keeps what was learnt besides', async () => {
    const client = await connect();
    client.open(uri, text);
    client.learn([[first, { ...large, decodeProblem: 'the data ends early' }]]);
    client.learn([[first, { facts: { format: 'png', byteLength: 100 } }]]);
    const rules = await found(client);
    assert.ok(!rules.includes('image-size:1'), rules.join(' '));
  });

  it('still compares with the validation file, and still knows what the bytes on disk tell', async (test) => {
    const folder = await makeFolder(test, { 'val.jsonl': soundRecord });
    const content = `${soundRecord}\n${text}`;
    const path = join(folder, 'train.jsonl');
    writeFileSync(path, `\ufeff${content}`);
    const client = await connect({ settings: { profile: 'openai' } });
    const { href } = pathToFileURL(path);
    client.open(href, content);
    const rules = async (): Promise<string[]> => {
      await client.checkFile(href);
      await client.until(() => told().includes('text-encoding'), 'what the bytes tell');
      return told();
    };
    const told = (): string[] =>
      (client.publications.findLast((each) => each.uri === href)?.diagnostics ?? [])
        .map(({ code }) => String(code))
        .filter((code) => ['train-validation-leak', 'text-encoding', 'image-size'].includes(code));
    assert.deepEqual((await rules()).sort(), ['text-encoding', 'train-validation-leak']);
    client.publications.length = 0;
    client.learn([[second, large]]);
    assert.deepEqual(
      new Set(await rules()),
      new Set(['text-encoding', 'train-validation-leak', 'image-size']),
    );
  });

  it('bears rubbish', async () => {
    const client = await connect();
    client.open(uri, text);
    for (const params of [{}, { images: [] }, { images: [['', {}]] }]) {
      await client.connection.sendNotification(learntImagesMethod, params);
    }
    assert.deepEqual(await found(client), []);
  });
});

/** Rule and line of what is found in images on the web. */
async function found(client: Client): Promise<string[]> {
  const { findings = [] } = (await client.checkFile(uri)) ?? {};
  return findings
    .filter(({ rule }) => rule === 'image-size')
    .map(({ rule, range }) => `${rule}:${range.start.line + 1}`);
}
