import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesSource, type ByteSource } from '../../core/image/byteSource.ts';
import { describeImage } from '../../core/image/describeImage.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import { makeBomb } from '../helpers/makeBomb.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { corpusImages } from './corpusImages.ts';

/** The readers need microseconds. */
const mostMilliseconds = 50;

/** Headers of all formats with all that readers look into; where the corpora are at hand, theirs too. */
const headers = [
  ...(['png', 'jpeg', 'webp'] as const).map((format) =>
    makeImage(format, 40, 30, { orientation: 6, isAnimated: true }),
  ),
  makeImage('png', 40, 30, { colorMode: 'palette', orientation: 3 }),
  makeImage('jpeg', 40, 30, { colorMode: 'cmyk', orientation: 8 }),
  makeImage('gif', 40, 30),
  makeImage('bmp', 40, 30),
  ...corpusImages('jpg', 'png', 'webp', 'gif').map(({ bytes }) => bytes),
].map((bytes) => bytes.subarray(0, 2000));

describe('identifyImage on mutated headers', () => {
  it('neither throws nor hangs on 100,000 of them, and can say what each is', (t) => {
    const random = seeded(4);
    let slowest = 0;
    for (let count = 0; count < 100_000; count += 1) {
      const bytes = mutate(headers[count % headers.length] ?? new Uint8Array(), random);
      let milliseconds = timeToDescribe(bytes);
      // A machine that is busy with something else for a moment is not so each time.
      for (let again = 0; milliseconds > mostMilliseconds && again < 5; again += 1)
        milliseconds = timeToDescribe(bytes);
      slowest = Math.max(slowest, milliseconds);
    }
    t.diagnostic(`the slowest took ${slowest.toFixed(1)} ms`);
    assert.ok(slowest <= mostMilliseconds);
  });
});

describe('identifyImage on prefixes', () => {
  it('ends without an error for every prefix of every small valid file, in any format', () => {
    for (const format of ['png', 'jpeg', 'webp', 'gif', 'bmp'] as const) {
      const bytes = makeImage(format, 40, 30);
      for (let length = 0; length <= bytes.length; length += 1) {
        const { width = 40, height = 30 } = identifyImage(bytesSource(bytes.subarray(0, length)));
        // image-size takes a BMP whose size is cut off for one of another size; our own readers never do.
        if (format !== 'bmp') assert.deepEqual([width, height], [40, 30], `${format} to ${length}`);
      }
    }
  });
});

describe('identifyImage on a decompression bomb', () => {
  // 1.6 billion pixels of one bit each, in 200 KB.
  it('names it with its size, from a few thousand of its bytes', async () => {
    const bomb = await makeBomb(40_000, 40_000);
    let bytesRead = 0;
    const source: ByteSource = {
      byteLength: bomb.length,
      head: (length) => count(bytesSource(bomb).head(length)),
      tail: (length) => count(bytesSource(bomb).tail(length)),
    };
    const facts = identifyImage(source);
    assert.equal(describeImage(facts), 'PNG · 40000 × 40000 · 194.5 kB · greyscale · 1 bit');
    assert.equal(facts.isTruncated, false);
    assert.ok(bytesRead <= 2 * 4096, `${bytesRead} bytes`);

    function count(bytes: Uint8Array): Uint8Array {
      bytesRead += bytes.length;
      return bytes;
    }
  });
});

function timeToDescribe(bytes: Uint8Array): number {
  const begin = performance.now();
  describeImage(identifyImage(bytesSource(bytes)));
  return performance.now() - begin;
}

/** One to six changes: of a byte, of a number to its least or most, of a stretch that goes or comes twice. */
function mutate(header: Uint8Array, random: () => number): Uint8Array {
  let bytes = Uint8Array.from(header);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let changes = 1 + below(6); changes > 0; changes -= 1) {
    // Most of what counts stands at the start.
    const at = Math.min(below(random() < 0.7 ? 64 : bytes.length), bytes.length);
    const stretch = at + 1 + below(12);
    switch (below(4)) {
      case 0:
        bytes[at] = below(256);
        break;
      case 1:
        bytes.fill(random() < 0.5 ? 0 : 0xff, at, Math.min(at + 4, bytes.length));
        break;
      case 2:
        bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(stretch)]);
        break;
      default:
        bytes = Buffer.concat([bytes.subarray(0, stretch), bytes.subarray(at)]);
    }
  }
  return bytes;
}

/** Numbers from 0 to 1, always the same (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
