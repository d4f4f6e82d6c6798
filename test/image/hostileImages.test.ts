import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bytesSource } from '../../core/image/byteSource.ts';
import type { HeaderReader } from '../../core/image/header.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { jpeg } from '../../core/image/jpeg.ts';
import { png } from '../../core/image/png.ts';
import { webp } from '../../core/image/webp.ts';
import { bestOf } from '../helpers/bestOf.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { corpusImages } from './corpusImages.ts';
import { corporaMissing } from '../helpers/corpora.ts';

const corpus = corpusImages('jpg', 'png', 'webp', 'gif');

describe('image readers on prefixes of valid files', { skip: corporaMissing }, () => {
  it('know all there is to know, or ask for more bytes than they were given', () => {
    for (const { path, bytes } of corpus) {
      const reader = [jpeg, png, webp].find((candidate) => candidate.matches(bytes));
      if (reader)
        for (const length of prefixLengths(bytes)) checkPrefix(reader, path, bytes, length);
    }
  });

  it('never say something else of a prefix than of the whole', () => {
    for (const { path, bytes } of corpus) {
      const whole = identify(bytes);
      for (const length of prefixLengths(bytes)) {
        const { format = whole.format, width = whole.width } = identify(bytes.subarray(0, length));
        assert.deepEqual([format, width], [whole.format, whole.width], `${path} to ${length}`);
      }
    }
  });
});

function checkPrefix(reader: HeaderReader, path: string, bytes: Uint8Array, length: number): void {
  const prefix = bytes.subarray(0, length);
  if (!reader.matches(prefix)) return;
  const { need, facts } = reader.read(prefix);
  if (need === undefined) assert.deepEqual(facts, reader.read(bytes).facts, `${path} to ${length}`);
  else assert.ok(need > length && need <= bytes.length, `${path} to ${length} needs ${need}`);
}

/** All of a small file, about 2,000 of a larger one. */
function* prefixLengths(bytes: Uint8Array): Generator<number> {
  const step = bytes.length <= 20_000 ? 1 : Math.ceil(bytes.length / 2_000);
  for (let length = 0; length < bytes.length; length += step) yield length;
}

describe('identifyImage on damaged files', { skip: corporaMissing }, () => {
  it('returns sound facts for 20,000 files with bytes changed, added or taken away', () => {
    const files = [...corpus.map(({ bytes }) => bytes), ...madeImages()].map((bytes) =>
      bytes.subarray(0, 3000),
    );
    const edit = fc.record({
      at: fc.oneof(fc.nat(60), fc.nat(3000)),
      removed: fc.nat(8),
      added: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { maxLength: 6 }), (file, edits) => {
        let bytes: Buffer = Buffer.from(file);
        for (const { at, removed, added } of edits) {
          bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
        }
        checkFacts(identify(bytes), bytes.length);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  it('returns sound facts for arbitrary bytes behind each signature', () => {
    const signatures = [
      '',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'RIFF\xff\xff\0\0WEBPVP8X',
      'II*\0',
    ];
    const anyFile = fc.tuple(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 200 }));
    fc.assert(
      fc.property(anyFile, ([signature, rest]) => {
        const bytes = Buffer.concat([Buffer.from(signature, 'latin1'), rest]);
        checkFacts(identify(bytes), bytes.length);
      }),
      { numRuns: 5_000, seed: 2 },
    );
  });

  it('takes time in proportion to the bytes, in the shortest steps that a reader can make', () => {
    const hostile: Record<string, [start: string, repeated: string]> = {
      'fill bytes': ['\xff\xd8\xff', '\xff'],
      'stray zeros': ['\xff\xd8\xff\xfe\0\x02', '\0'],
      'markers without payload': ['\xff\xd8', '\xff\x01'],
      'empty segments': ['\xff\xd8', '\xff\xe1\0\x02'],
      'empty chunks': ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', '\0\0\0\0\0\0\0\0\0\0\0\0'],
      'empty RIFF chunks': ['RIFF\0\0\0\x40WEBPVP8X\x0a\0\0\0\x08', 'ABCD\0\0\0\0'],
      zeros: ['', '\0'],
      'drawings without end': ['<svg "<svg >', '<svg "'],
    };
    for (const [name, [start, repeated]] of Object.entries(hostile)) {
      const [small, large] = [1_000_000, 8_000_000].map((length) => {
        const bytes = Buffer.alloc(length, repeated, 'latin1');
        bytes.write(start, 'latin1');
        return () => checkFacts(identify(bytes), length);
      });
      assert.ok(small && large);
      const [ofSmall, ofLarge] = bestOf(3, [small, large]);
      // 64 times as long, where each step looks at all that is left. Of what ends at once, the clock alone is seen.
      assert.ok(
        ofLarge < 24 * ofSmall + 5,
        `${name}: ${ofSmall} ms, of 8 times as much ${ofLarge} ms`,
      );
    }
  });
});

function madeImages(): Uint8Array[] {
  return (['png', 'jpeg', 'webp'] as const).map((format) => {
    return makeImage(format, 40, 30, { orientation: 6, isAnimated: true });
  });
}

function checkFacts(facts: ImageFacts, byteLength: number): void {
  const { width, height, orientation, bitsPerSample = 8 } = facts;
  assert.equal(facts.byteLength, byteLength);
  assert.equal(width === undefined, height === undefined);
  assert.ok(isCount(width ?? 1) && isCount(height ?? 1), `${width} × ${height}`);
  assert.ok(orientation === undefined || (orientation >= 2 && orientation <= 8));
  assert.ok(isCount(bitsPerSample) && bitsPerSample < 256);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0;
}

function identify(bytes: Uint8Array): ImageFacts {
  return identifyImage(bytesSource(bytes));
}
