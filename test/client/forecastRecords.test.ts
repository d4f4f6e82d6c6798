import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { forecastRecords, type ForecastTools } from '../../client/forecastRecords.ts';
import { LearntImages, learntKey, type ScreeningHint } from '../../core/image/learntImages.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf } from '../helpers/trainingText.ts';

const [sound, portrait, damaged] = [200, 300, 400].map((width) =>
  dataUri('png', makeImage('png', width, 100)),
) as [string, string, string];
const captcha = 'https://example.com/captcha.png';
const photo = 'https://example.com/photo.png';

const face: ScreeningHint = { kind: 'face', confidence: 0.9 };

/** Knows the pictures by their widths. */
function screen(bytes: Uint8Array): Promise<readonly ScreeningHint[]> {
  const width = Buffer.from(bytes).readUInt32BE(16);
  if (width === 400) return Promise.reject(new ImagingError('its data is damaged'));
  return Promise.resolve(width === 300 ? [face] : []);
}

const tools: ForecastTools = {
  screen,
  known: new LearntImages(new Map()),
  onProgress: () => undefined,
  signal: new AbortController().signal,
};

function record(...urls: readonly string[]): string {
  return recordOf(...urls.map((url) => imagePart(url)));
}

describe('the forecast for records', () => {
  it('finds what is likely to be skipped, and counts what nobody looked at', async () => {
    const records = [record(sound, portrait), '{"broken', record(captcha, photo, damaged)];
    const { learnt, counts, refusals } = await forecastRecords(records, tools);
    assert.deepEqual(counts, {
      images: 5,
      likelySkipped: 2,
      withFaces: 1,
      captchas: 1,
      elsewhere: 1,
      refused: 1,
    });
    assert.deepEqual([...refusals], ['its data is damaged']);
    assert.deepEqual(
      [...learnt],
      [
        [learntKey(sound), { likelySkipped: [] }],
        [learntKey(portrait), { likelySkipped: [face] }],
        [captcha, { likelySkipped: [{ kind: 'captcha' }] }],
      ],
    );
  });

  it('looks at a picture once and counts it each time', async () => {
    let looks = 0;
    const counting: ForecastTools = { ...tools, screen: (bytes) => (looks++, screen(bytes)) };
    const { counts } = await forecastRecords(
      [record(portrait, portrait), record(portrait)],
      counting,
    );
    assert.deepEqual([looks, counts.images, counts.withFaces], [1, 3, 3]);
  });

  it('knows the size of a picture on the web that was fetched before', async () => {
    const facts = { format: 'png', byteLength: 1, width: 2000, height: 1500 };
    const known = new LearntImages(new Map([[captcha, { facts }]]));
    const { counts } = await forecastRecords([record(captcha)], { ...tools, known });
    assert.equal(counts.captchas, 0);
  });

  it('keeps what was found when it is cancelled, and counts nothing after', async () => {
    const abort = new AbortController();
    const done: number[] = [];
    const { learnt, counts } = await forecastRecords(
      [record(portrait), record(sound), record(sound)],
      {
        ...tools,
        signal: abort.signal,
        onProgress: (records) => done.push(records),
        screen: async (bytes) => {
          const found = await screen(bytes);
          if (found.length === 0) abort.abort();
          abort.signal.throwIfAborted();
          return found;
        },
      },
    );
    assert.deepEqual([done, counts.images, counts.refused], [[1], 1, 0]);
    assert.deepEqual([...learnt.keys()], [learntKey(portrait)]);
  });

  it('ends with a fault of the program as what it is', async () => {
    const broken = { ...tools, screen: () => Promise.reject(new TypeError('a bug')) };
    await assert.rejects(forecastRecords([record(sound)], broken), TypeError);
  });
});
