import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  describeImageReference,
  readImageReference,
} from '../../core/check/describeImageReference.ts';
import { LearntImages } from '../../core/image/learntImages.ts';
import { profiles } from '../../core/profile/profiles.ts';
import { imagesOf, readExample } from '../../core/record/example.ts';
import { readJson } from '../../core/record/readJson.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { pictureRecord } from '../helpers/pictureRecord.ts';

const address = 'https://example.com/a.png';
const [profile] = profiles;

function wordsOf(url: string, learnt?: LearntImages): readonly string[] {
  const example = readExample(readJson(pictureRecord(url))) ?? assert.fail();
  const [placed] = imagesOf(example);
  assert.ok(placed);
  return describeImageReference(readImageReference(placed.image), profile, learnt);
}

describe('an image in words', () => {
  it('is what its bytes say and what it costs', () => {
    const bytes = makeImage('png', 1920, 1080, { colorMode: 'rgba', byteLength: 2_340_000 });
    assert.deepEqual(wordsOf(dataUri('png', bytes)), [
      'PNG · 1920 × 1080 · 2.3 MB · RGBA',
      'detail low: 85 tokens (high: 1,105)',
    ]);
  });

  it('is only its range of costs for an address that nobody looked up', () => {
    assert.deepEqual(wordsOf(address), ['detail low: 85 tokens (high: 255 to 1,445)']);
  });

  it('is what was learnt of an address', () => {
    const facts = {
      format: 'png',
      byteLength: 900,
      width: 512,
      height: 512,
      colorMode: 'grey',
    } as const;
    assert.deepEqual(wordsOf(address, new LearntImages(new Map([[address, { facts }]]))), [
      'PNG · 512 × 512 · 900 bytes · greyscale',
      'detail low: 85 tokens (high: 255)',
    ]);
  });
});
