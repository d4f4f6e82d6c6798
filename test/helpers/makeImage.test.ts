import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { makeImage, type MadeFormat, type MadeImageOptions } from './makeImage.ts';

describe('makeImage', () => {
  const cases: [format: MadeFormat, options?: MadeImageOptions][] = [
    ['png'],
    ['png', { colorMode: 'grey-alpha', bitsPerSample: 16, orientation: 6 }],
    ['png', { colorMode: 'palette', isAnimated: true, byteLength: 9000 }],
    ['jpeg'],
    ['jpeg', { colorMode: 'grey', orientation: 3, byteLength: 9000 }],
    ['jpeg', { colorMode: 'cmyk' }],
    ['webp'],
    ['webp', { colorMode: 'rgba', orientation: 8, byteLength: 9000 }],
    ['webp', { isAnimated: true }],
    ['gif', { byteLength: 9000 }],
  ];
  for (const [format, options] of cases) {
    it(`makes what a decoder opens without a warning: ${format} ${JSON.stringify(options ?? {})}`, async () => {
      const bytes = makeImage(format, 37, 21, options);
      const image = sharp(bytes, { failOn: 'warning' });
      const { width, height, orientation } = await image.metadata();
      const { info } = await image.raw().toBuffer({ resolveWithObject: true });
      assert.deepEqual([info.width, info.height, width, height], [37, 21, 37, 21]);
      assert.equal(orientation, options?.orientation);
      if (options?.byteLength) assert.equal(bytes.length, options.byteLength);
    });
  }
});
