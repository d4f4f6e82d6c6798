import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { corpusImages } from './corpusImages.ts';
import { corporaMissing } from '../helpers/corpora.ts';

const accepted = ['png', 'jpeg', 'webp'] as const;

describe('an image without its end', { skip: corporaMissing }, () => {
  it('is seen in at least 99 % of the files cut at 200 places each', (t) => {
    const cut = { seen: 0, all: 0 };
    // Broken on purpose, so that some of them have no end to lose, or no signature.
    const files = corpusImages('jpg', 'png', 'webp').filter(
      ({ path }) => !/\bx\w+\.png$/.test(path),
    );
    for (const { bytes } of files) {
      for (const length of cutLengths(bytes.length)) {
        cut.all += 1;
        if (isTruncated(bytes.subarray(0, length))) cut.seen += 1;
      }
    }
    t.diagnostic(`${cut.seen} of ${cut.all} cut files seen, from ${files.length} files`);
    assert.ok(cut.all > 30_000 && cut.seen / cut.all >= 0.99);
  });

  it('is seen when a single byte is missing', () => {
    for (const format of accepted) {
      const bytes = makeImage(format, 30, 20);
      assert.equal(isTruncated(bytes), false, format);
      assert.equal(isTruncated(bytes.subarray(0, -1)), true, format);
    }
  });

  it('is seen when the cut is before the header ends', () => {
    for (const format of accepted) {
      assert.equal(isTruncated(makeImage(format, 30, 20).subarray(0, 16)), true, format);
    }
  });

  it('is not taken for missing because something follows the end', () => {
    for (const format of accepted) {
      const bytes = makeImage(format, 30, 20);
      const followed = Buffer.concat([bytes, Buffer.alloc(300_000, 'appended')]);
      assert.equal(isTruncated(followed), false, format);
    }
  });

  it('is not taken for present because a thumbnail in the metadata has its own', () => {
    const bytes = Buffer.from(makeImage('jpeg', 30, 20));
    const thumbnail = Uint8Array.of(0xff, 0xe1, 0, 6, 0xff, 0xd8, 0xff, 0xd9);
    const cut = Buffer.concat([bytes.subarray(0, 2), thumbnail, bytes.subarray(2, -2)]);
    assert.equal(isTruncated(cut), true);
  });
});

function isTruncated(bytes: Uint8Array): boolean | undefined {
  return identifyImage(bytesSource(bytes)).isTruncated;
}

/** Lengths spread evenly from the shortest that shows a signature to one byte less than the whole. */
function cutLengths(byteLength: number): Set<number> {
  const shortest = 12;
  const step = (byteLength - 1 - shortest) / 199;
  return new Set(Array.from({ length: 200 }, (_, index) => Math.floor(shortest + index * step)));
}
