/**
 * How long a hover over a photograph of 12 megapixels, 7 MB of JPEG, waits for its words and for its picture: the first time, which starts the image
 * process, with another picture, and again.
 */
import { randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { readRecord } from '../client/readRecord.ts';
import { Thumbnails } from '../client/thumbnails.ts';
import { describeImageReference } from '../core/check/describeImageReference.ts';
import { findProfile } from '../core/profile/profiles.ts';
import { ImagingProcess } from '../imaging/imagingProcess.ts';

const script = join(import.meta.dirname, '../dist/imaging.js');
const imaging = new ImagingProcess({ script });
const store = {
  get: () => Promise.resolve(undefined),
  put: () => Promise.resolve(undefined),
};
const thumbnails = new Thumbnails(() => Promise.resolve(imaging), store);
const profile = findProfile('azure');

const texts = await Promise.all([recordOfPhotograph(), recordOfPhotograph()]);
const [first, another] = texts.map((text) => () => readRecord(text));
let last = readRecord('{}');
for (const [name, read] of [
  ['first', first],
  ['another', another],
  ['again', () => last],
] as const) {
  const started = performance.now();
  // The editor's reader keeps the record that was read last.
  last = read?.() ?? last;
  const [picture] = last.pictures;
  if (!picture) throw new Error('The record has no picture.');
  describeImageReference(picture, profile);
  const words = performance.now() - started;
  await thumbnails.of(picture, 640, new AbortController().signal);
  const all = performance.now() - started;
  console.log(`${name.padEnd(8)} words ${words.toFixed(1)} ms, picture ${all.toFixed(1)} ms`);
}
imaging.dispose();

/** Noise over a flat ground, so that it is as large as a photograph of some 12 megapixels. */
async function recordOfPhotograph(): Promise<string> {
  const [width, height] = [4000, 3000];
  const pixels = randomFillSync(Buffer.alloc(width * height * 3)).map(
    (value) => 100 + (value >> 2),
  );
  const raw = { width, height, channels: 3 as const };
  const bytes = await sharp(pixels, { raw }).jpeg({ quality: 94 }).toBuffer();
  const url = `data:image/jpeg;base64,${bytes.toString('base64')}`;
  console.log(`${(bytes.length / 1e6).toFixed(1)} MB`);
  const content = [{ type: 'image_url', image_url: { url } }];
  return JSON.stringify({ messages: [{ role: 'user', content }] });
}
