import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { LearntImage } from '../../core/image/learntImages.ts';
import { RemoteCache, type RemoteCacheOptions } from '../../core/remote/remoteCache.ts';
import { makeFolder } from '../cli/runCli.ts';

const href = 'https://example.com/a.png?sig=secret';
const facts: LearntImage = { facts: { format: 'png', byteLength: 824, width: 640, height: 400 } };
const unreachable: LearntImage = { unreachable: { reason: 'status', detail: 'it answered 404' } };
const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.UTC(2026, 10, 21);

describe('the cache of images on the web', () => {
  it('gives back what was learnt, in another session too', async (test) => {
    const { cache, folder } = await makeCache(test);
    assert.equal(await cache.get(href), undefined);
    await cache.put(href, facts);
    const later = new RemoteCache({ folder, now: () => start + 6 * day });
    assert.deepEqual(await later.get(href), facts);
    assert.equal(await later.get(`${href}2`), undefined);
  });

  for (const [image, lifetime, name] of [
    [facts, 7 * day, 'facts for a week'],
    [unreachable, 10 * minute, 'what was out of reach for ten minutes'],
  ] as const) {
    it(`holds ${name}, and nothing from the future`, async (test) => {
      const clock = { time: start };
      const { cache } = await makeCache(test, { now: () => clock.time });
      await cache.put(href, image);
      for (const [time, known] of [
        [start + lifetime - 1, image],
        [start + lifetime, undefined],
        [start - 1, undefined],
      ] as const) {
        clock.time = time;
        assert.deepEqual(await cache.get(href), known);
      }
    });
  }

  it('keeps no address, and leaves no other file behind', async (test) => {
    const { cache, folder } = await makeCache(test);
    await Promise.all([cache.put(href, facts), cache.put(href, facts)]);
    assert.deepEqual(await readdir(folder), [`${hash('sha256', href)}.json`]);
    const [text] = await Promise.all((await readdir(folder)).map((name) => read(folder, name)));
    assert.doesNotMatch(text ?? '', /example|secret/);
  });

  it('takes nothing from an entry that is broken, cut or of another version', async (test) => {
    const { cache, folder } = await makeCache(test);
    await cache.put(href, facts);
    const [name = ''] = await readdir(folder);
    const whole = await read(folder, name);
    const broken = [whole.replace('"version":2', '"version":1'), 'null', '[]', '7', '"a"', '{}'];
    broken.push(JSON.stringify({ version: 2, time: start, image: { facts: 7 } }));
    broken.push(JSON.stringify({ version: 2, time: start, image: null }));
    broken.push(JSON.stringify({ version: 2, time: 'now', image: facts }));
    for (let length = 0; length < whole.length; length++) broken.push(whole.slice(0, length));
    for (const text of broken) {
      await writeFile(join(folder, name), text);
      assert.equal(await cache.get(href), undefined, text);
    }
    await cache.put(href, facts);
    assert.deepEqual(await cache.get(href), facts);
  });

  it('keeps the youngest entries where there are too many', async (test) => {
    const { cache, folder } = await makeCache(test, { maxEntries: 10 });
    for (let age = 0; age < 12; age++) {
      const each = `https://example.com/${age}`;
      await cache.put(each, facts);
      const seconds = start / 1000 - age;
      await utimes(join(folder, `${hash('sha256', each)}.json`), seconds, seconds);
    }
    await cache.prune();
    assert.equal((await readdir(folder)).length, 9);
    assert.deepEqual(await cache.get('https://example.com/8'), facts);
    assert.equal(await cache.get('https://example.com/9'), undefined);
  });

  it('fails nothing where it cannot be read or written', async (test) => {
    const folder = join(await makeFolder(test, { file: '' }), 'file');
    const cache = new RemoteCache({ folder, now: () => start });
    await cache.put(href, facts);
    await cache.prune();
    assert.equal(await cache.get(href), undefined);
  });
});

async function makeCache(
  test: TestContext,
  options: Partial<RemoteCacheOptions> = {},
): Promise<{ readonly cache: RemoteCache; readonly folder: string }> {
  const folder = join(await makeFolder(test, {}), 'cache', 'remote');
  return { cache: new RemoteCache({ folder, now: () => start, ...options }), folder };
}

function read(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}
