import assert from 'node:assert/strict';
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
      if (!expected) continue;
      assert.deepEqual(identifyImage(bytesSource(image.bytes)), expected, image.path);
      const kind = `${expected.format} ${expected.colorMode}, ${expected.bitsPerSample} bits`;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    for (const [kind, count] of counts) t.diagnostic(`${String(count).padStart(3)} ${kind}`);
    // All but 13 PNG files, which are broken on purpose.
    assert.equal(
      [...counts.values()].reduce((sum, count) => sum + count),
      178,
    );
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
  };
}

/** The decoder adds an alpha channel for a tRNS chunk of PNG, which Pillow's image modes do not. */
function storedMode({ isPalette, space, hasAlpha }: Metadata, bytes: Uint8Array): ColorMode {
  if (isPalette) return 'palette';
  const isStored = hasAlpha && !Buffer.from(bytes).includes('tRNS');
  if (space === 'b-w' || space === 'grey16') return isStored ? 'grey-alpha' : 'grey';
  return isStored ? 'rgba' : 'rgb';
}
