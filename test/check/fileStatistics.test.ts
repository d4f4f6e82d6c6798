import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { FileStatistics } from '../../core/check/fileStatistics.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import type { Statistics } from '../../core/check/statistics.ts';
import { LearntImages } from '../../core/image/learntImages.ts';
import { dataUri, makeImage, type MadeFormat } from '../helpers/makeImage.ts';
import { imagePart, recordOf, webPicture } from '../helpers/trainingText.ts';

function statisticsOf(
  lines: readonly string[],
  options: CheckOptions = {},
  chunkLength = Infinity,
): Statistics {
  const statistics = new FileStatistics(createContext([options], '2026-11-21'));
  const bytes = Buffer.from(lines.join('\n'));
  for (let start = 0; start < bytes.length; start += chunkLength) {
    statistics.read(bytes.subarray(start, start + chunkLength));
  }
  return statistics.finish();
}

function picture(format: MadeFormat, width: number, height: number): string {
  return dataUri(format, makeImage(format, width, height));
}

const fullHd = picture('png', 1920, 1080);
const small = picture('jpeg', 300, 200);
/** 2 words, 2 roles, 2 messages, 1 record: 2 + 2 + 6 + 3 tokens. */
const plain =
  '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}';
/** Its texts are 2 roles and `Yes.`: 2 + 2 + 6 + 3 tokens. */
const asking = (url: string, detail?: string): string => recordOf(imagePart(url, detail));

describe('the numbers of a file whose images on the web were looked up', () => {
  it('count these by format and size, and what they cost at high exactly', () => {
    const facts = { format: 'webp', byteLength: 9000, width: 1920, height: 1080 } as const;
    const learnt = new LearntImages(new Map([[webPicture, { facts }]]));
    const statistics = new FileStatistics({ ...createContext([], '2026-11-21'), learnt });
    statistics.read(Buffer.from(asking(webPicture, 'high')));
    const { formats, sizes, tokens } = statistics.finish();
    assert.deepEqual(formats, { webp: 1 });
    assert.equal(sizes[2048], 1);
    assert.deepEqual(tokens.images, { min: 1105, max: 1105 });
  });
});

describe('the numbers of a file', () => {
  it('are its records, its images, and what of it cannot be counted', () => {
    const { records, unreadable, imageExamples, images } = statisticsOf([
      plain,
      '',
      '{"messages":[',
      '[]',
      '{"prompt":"x"}',
      recordOf(imagePart(small), imagePart(webPicture)),
      asking(small),
    ]);
    assert.deepEqual(
      { records, unreadable, imageExamples, images },
      { records: 6, unreadable: 3, imageExamples: 2, images: 3 },
    );
  });

  it('tell images by format, detail and longer side', () => {
    const { formats, details, sizes } = statisticsOf([
      asking(small, 'low'),
      asking(fullHd, 'high'),
      asking(fullHd, 'auto'),
      asking(picture('webp', 513, 10)),
      asking(picture('png', 10, 2049), 'ultra'),
      asking(picture('gif', 8, 8)),
      asking(webPicture),
      asking('data:image/png;base64,AAAA'),
    ]);
    assert.deepEqual(formats, { jpeg: 1, png: 3, webp: 1, gif: 1, address: 1, unknown: 1 });
    assert.deepEqual(details, { low: 1, high: 1, auto: 6 });
    assert.deepEqual(sizes, { 512: 2, 1024: 1, 2048: 2, larger: 1, unknown: 2 });
  });

  it('count text exactly, answers apart, those of weight 0 not', () => {
    const { text, trained, paid } = statisticsOf([
      plain,
      plain.replace('"content":"Hello"', '"content":"Hello","weight":0'),
    ]).tokens;
    assert.deepEqual({ text, trained, paid }, { text: 26, trained: 1, paid: { min: 26, max: 26 } });
  });

  it('range from auto as low to auto as high, beside all at low and all at high', () => {
    const { tokens, savedAtLow } = statisticsOf([
      asking(fullHd, 'low'),
      asking(fullHd, 'high'),
      asking(fullHd),
      asking(webPicture),
    ]);
    assert.deepEqual(tokens.images, { min: 85 + 1105 + 85 + 85, max: 85 + 1105 + 1105 + 1445 });
    assert.equal(tokens.imagesAtLow, 4 * 85);
    assert.deepEqual(tokens.imagesAtHigh, { min: 3 * 1105 + 255, max: 3 * 1105 + 1445 });
    assert.deepEqual(savedAtLow, {
      tokens: { min: 1020, max: 1020 + 1020 + 1360 },
      dollars: null,
    });
  });

  it('count of an example no more than the model trains on', () => {
    const { tokens } = statisticsOf([asking(fullHd, 'high'), plain], {
      limits: { maxExampleTokens: 100 },
    });
    assert.deepEqual(tokens.paid, { min: 113, max: 113 });
    assert.deepEqual(tokens.images, { min: 1105, max: 1105 });
  });

  it('have the epochs and the cost that OpenAI documents', () => {
    const lines = Array<string>(10).fill(asking(fullHd, 'high'));
    const { epochs, cost, savedAtLow } = statisticsOf(lines, { profile: 'openai' });
    const one = 13 + 1105;
    assert.equal(epochs?.count, 10);
    assert.deepEqual(cost, { min: (one * 100 * 25) / 1e6, max: (one * 100 * 25) / 1e6 });
    assert.deepEqual(savedAtLow.tokens, { min: 102_000, max: 102_000 });
    assert.deepEqual(savedAtLow.dollars, { min: 2.55, max: 2.55 });
  });

  it('have the epochs that a user sets, and no cost where no price is published', () => {
    const { epochs, cost, price, savedAtLow } = statisticsOf([asking(fullHd, 'high')], {
      epochs: 3,
    });
    assert.deepEqual(epochs, { count: 3, from: 'user' });
    assert.deepEqual({ cost, price }, { cost: null, price: null });
    assert.deepEqual(savedAtLow.tokens, { min: 3060, max: 3060 });
  });

  it('leave epochs open for Azure', () => {
    assert.equal(statisticsOf([plain]).epochs, null);
  });

  it('name the five longest examples by line, the first of equal ones first', () => {
    const lines = ['low', 'high', 'low', '', 'high', 'low', 'low', 'low'].map((detail) =>
      detail === '' ? '' : asking(fullHd, detail),
    );
    assert.deepEqual(
      statisticsOf(lines).longest.map(({ line, tokens }) => [line, tokens.max]),
      [
        [2, 1118],
        [5, 1118],
        [1, 98],
        [3, 98],
        [6, 98],
      ],
    );
  });

  it('count examples and images that come again, as the rules do', () => {
    const again = asking(small).replace('Yes.', 'No.');
    const { repeatedExamples, repeatedImages } = statisticsOf([
      plain,
      plain,
      plain,
      asking(fullHd),
      recordOf(imagePart(fullHd), imagePart(small)),
      again,
    ]);
    assert.deepEqual(
      { repeatedExamples, repeatedImages },
      { repeatedExamples: 2, repeatedImages: 2 },
    );
  });

  it('are the same in chunks of any size', () => {
    const lines = [plain, asking(small), '\ufeff', asking(webPicture, 'high'), plain];
    const whole = statisticsOf(lines);
    for (const length of [1, 7, 99, 4096]) assert.deepEqual(statisticsOf(lines, {}, length), whole);
  });

  it('are all nothing for an empty file', () => {
    const { records, tokens, longest } = statisticsOf([]);
    assert.deepEqual(
      { records, paid: tokens.paid, longest },
      {
        records: 0,
        paid: { min: 0, max: 0 },
        longest: [],
      },
    );
  });
});
