import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { describe, it } from 'node:test';
import sharp, { type Metadata } from 'sharp';
import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import type { ColorMode, ImageFacts } from '../../core/image/imageFacts.ts';
import { corpusImages, type CorpusImage } from './corpusImages.ts';
import { corporaMissing } from '../helpers/corpora.ts';

describe('identifyImage, judged by a decoder on public corpora', { skip: corporaMissing }, () => {
  it('agrees with the decoder on every fact of every image that decodes', async (t) => {
    const counts = new Map<string, number>();
    for (const image of corpusImages('jpg', 'png', 'webp')) {
      const expected = await decodedFacts(image);
      if (!expected || image.path.endsWith(wrongCheckSum)) continue;
      assert.deepEqual(identifyImage(bytesSource(image.bytes)), expected, image.path);
      const { format, colorMode, bitsPerSample, orientation, frames } = expected;
      const kinds = [
        `${format} ${colorMode}, ${bitsPerSample} bits`,
        ...(orientation === undefined ? [] : [`${format} turned by EXIF`]),
        ...(frames === undefined ? [] : [`${format} animated`]),
        'all',
      ];
      for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    for (const [kind, count] of counts) t.diagnostic(`${String(count).padStart(3)} ${kind}`);
    // All but 14 PNG files, which are broken on purpose.
    assert.equal(counts.get('all'), 177);
  });

  it('tells what is wrong where PngSuite broke the header, and nothing of any other file', () => {
    const problems = corpusImages('jpg', 'png', 'webp').flatMap(({ path, bytes }) => {
      const { problem } = identifyImage(bytesSource(bytes));
      return problem === undefined ? [] : [[basename(path, '.png'), problem]];
    });
    const impossible = (type: number, bits: number): string =>
      `its header gives colour type ${type} with ${bits} bits, which PNG does not have`;
    assert.deepEqual(problems, [
      ['xc1n0g08', impossible(1, 8)],
      ['xc9n2c08', impossible(9, 8)],
      ['xd0n2c08', impossible(2, 0)],
      ['xd3n2c08', impossible(2, 3)],
      ['xd9n2c08', impossible(2, 99)],
      ['xdtn0g01', 'it has no image data'],
      ['xhdn0g08', 'the check sum of its IHDR chunk is wrong'],
    ]);
  });

  it('does not take for a PNG what has a damaged signature', () => {
    const damaged = corpusImages('png').filter(({ path }) =>
      /\bx(?:s|[cl][rf])\w+\.png$/.test(path),
    );
    const formats = damaged.map(({ bytes }) => identifyImage(bytesSource(bytes)).format);
    assert.deepEqual(formats, Array(6).fill(undefined));
  });

  it('names a GIF and its size, which is that of its canvas', async () => {
    for (const { path, bytes } of corpusImages('gif')) {
      // Their frames reach over the canvas, which the decoder then enlarges.
      if (/(oob|oversized)\.gif$/.test(path)) continue;
      const { width, height } = await sharp(bytes).metadata();
      const expected = { format: 'gif', byteLength: bytes.length, width, height };
      assert.deepEqual(identifyImage(bytesSource(bytes)), expected, path);
    }
  });
});

/** Of its header: most decoders refuse it, the judge here does not. */
const wrongCheckSum = 'xhdn0g08.png';

/** Undefined for what does not decode to its last pixel. */
async function decodedFacts({ bytes }: CorpusImage): Promise<ImageFacts | undefined> {
  try {
    await sharp(bytes).stats();
  } catch {
    return undefined;
  }
  const metadata = await sharp(bytes).metadata();
  const { format, width, height, orientation = 1, bitsPerSample = 8, pages = 1 } = metadata;
  return {
    format,
    byteLength: bytes.length,
    width,
    height,
    colorMode: storedMode(metadata, bytes),
    bitsPerSample,
    isAnimated: pages > 1,
    isTruncated: false,
    ...(orientation > 1 && { orientation }),
    ...(pages > 1 && { frames: pages }),
  };
}

/** The decoder adds an alpha channel for a tRNS chunk of PNG, which Pillow's image modes do not. */
function storedMode({ isPalette, space, hasAlpha }: Metadata, bytes: Uint8Array): ColorMode {
  if (isPalette) return 'palette';
  const isStored = hasAlpha && !Buffer.from(bytes).includes('tRNS');
  if (space === 'b-w' || space === 'grey16') return isStored ? 'grey-alpha' : 'grey';
  return isStored ? 'rgba' : 'rgb';
}
