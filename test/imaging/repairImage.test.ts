import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { checkRecord } from '../../core/check/checkRecord.ts';
import { createContext, type CheckContext } from '../../core/check/context.ts';
import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import {
  planRepair,
  quietImageBytes,
  type RepairedImage,
  type RepairOptions,
} from '../../core/image/repairPlan.ts';
import { corporaMissing } from '../helpers/corpora.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf } from '../helpers/trainingText.ts';
import { corpusImages } from '../image/corpusImages.ts';
import { startImaging } from './startImaging.ts';

const context = createContext([], '2026-11-21');
const imaging = startImaging();

/** A picture that breaks a rule. */
interface Broken {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Mean difference of a sample, of 255, that a JPEG of it may have. */
  readonly tolerance: number;
}

async function repair(
  bytes: Uint8Array,
  options: Partial<RepairOptions> = {},
): Promise<RepairedImage> {
  const facts = identifyImage(bytesSource(bytes));
  const plan = planRepair(facts, { maxBytes: quietImageBytes(context.limits), ...options });
  assert.ok(plan?.kind === 'plan', plan?.words ?? 'nothing to repair');
  return imaging.repair(bytes, plan);
}

/** The rules that report on a picture when it stands in a record. */
function rulesBroken(format: string, bytes: Uint8Array, within: CheckContext = context): string[] {
  const record = recordOf(imagePart(dataUri(format, bytes), 'low'));
  const rules = checkRecord(record, within).findings.map(({ rule }) => rule);
  // Pixels that were not there nobody can add.
  return rules.filter((rule) => rule !== 'image-low-resolution');
}

/** Reopens it in another build of the decoder, and by our own rules. */
async function judge(before: Uint8Array, after: RepairedImage, name: string): Promise<void> {
  const { format, space, channels, width, height, isPalette } = await sharp(after.bytes).metadata();
  assert.equal(format, after.format, name);
  assert.equal(space, 'srgb', name);
  assert.ok(channels === 3 || channels === 4, `${name}: ${channels} channels`);
  assert.notEqual(isPalette, true, name);
  assert.deepEqual([width, height], [after.width, after.height], name);
  assert.deepEqual(rulesBroken(after.format, after.bytes), [], name);
  const again = planRepair(identifyImage(bytesSource(after.bytes)), {
    maxBytes: quietImageBytes(context.limits),
    turnsUpright: true,
    stopsAnimation: true,
  });
  assert.equal(again, undefined, name);
  assert.notDeepEqual(before, after.bytes, name);
}

/** On a white ground, in sRGB by its colour profile, upright: what a person sees. */
async function seen(image: Sharp): Promise<{ data: Buffer; size: string }> {
  const { data, info } = await image
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: 'white' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, size: `${info.width}x${info.height}` };
}

/** Mean difference of the samples of two pictures. */
async function difference(before: Uint8Array, after: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([seen(sharp(before)), seen(sharp(after))]);
  assert.equal(a.size, b.size);
  const sum = a.data.reduce((total, sample, at) => total + Math.abs(sample - (b.data[at] ?? 0)), 0);
  return sum / a.data.length;
}

/** Hills of colour, not the same in any two places. */
function hills(width: number, height: number): Sharp {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / 3 / width);
    data[at] = 128 + 100 * Math.sin(x / 9 + (at % 3)) * Math.cos(y / 13 - (at % 3));
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Of each kind some, in sizes that no block of a codec divides. */
async function madeImages(): Promise<Broken[]> {
  const made: Broken[] = [];
  for (const [width, height] of [
    [33, 17],
    [101, 67],
    [200, 300],
  ] as const) {
    const image = hills(width, height);
    const kinds: Record<string, Sharp> = {
      'grey jpeg': image.clone().greyscale().toColourspace('b-w').jpeg({ quality: 95 }),
      'cmyk jpeg': image.clone().toColourspace('cmyk').withIccProfile('cmyk').jpeg(),
      'grey png': image.clone().greyscale().toColourspace('b-w').png(),
      '16-bit grey png': image.clone().greyscale().toColourspace('grey16').png(),
      'grey and alpha png': image.clone().greyscale().toColourspace('b-w').ensureAlpha(0.5).png(),
      'palette png': image.clone().png({ palette: true }),
      gif: image.clone().gif(),
      tiff: image.clone().tiff({ compression: 'lzw' }),
      'grey tiff': image.clone().greyscale().toColourspace('b-w').tiff({ compression: 'none' }),
      avif: image.clone().avif({ quality: 90 }),
      'avif with alpha': image.clone().ensureAlpha(0.5).avif({ quality: 90 }),
    };
    for (const [kind, sharpImage] of Object.entries(kinds)) {
      const bytes = await sharpImage.toBuffer();
      made.push({ name: `${kind} ${width}x${height}`, bytes, tolerance: 3 });
    }
  }
  return made;
}

/** What readers and decoders agree on is sound, but the service does not take. */
function corpusBroken(): Broken[] {
  const maxBytes = quietImageBytes(context.limits);
  return corpusImages('png', 'gif', 'jpg', 'webp').flatMap(({ path, bytes }) => {
    const isCorrupt = /png-suite.x/.test(path);
    const plan = planRepair(identifyImage(bytesSource(bytes)), { maxBytes });
    return isCorrupt || plan?.kind !== 'plan' ? [] : [{ name: path, bytes, tolerance: 2 }];
  });
}

describe('a repair', () => {
  it(
    'makes of 150 rule-breaking pictures and more what the service takes, in the same colours',
    {
      skip: corporaMissing,
    },
    async (t) => {
      const broken = [...(await madeImages()), ...corpusBroken()];
      assert.ok(broken.length >= 150, `${broken.length}`);
      const formats = new Map<string, number>();
      let worst = 0;
      for (const { name, bytes, tolerance } of broken) {
        const repaired = await repair(bytes);
        await judge(bytes, repaired, name);
        const apart = await difference(bytes, repaired.bytes);
        assert.ok(apart <= tolerance, `${name}: ${apart}`);
        worst = Math.max(worst, apart);
        formats.set(repaired.format, (formats.get(repaired.format) ?? 0) + 1);
      }
      t.diagnostic(`${broken.length} repaired: ${JSON.stringify([...formats])}, worst ${worst}`);
    },
  );

  // As near as the print comes: there and back through its colour profile.
  it('turns inks into the colours that they were printed for', async () => {
    const colours = ['#804040', '#408040', '#404080', '#c0c0c0', '#202020'];
    for (const background of colours) {
      const image = sharp({ create: { width: 32, height: 32, channels: 3, background } });
      const printed = await image.toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer();
      assert.equal(identifyImage(bytesSource(printed)).colorMode, 'cmyk');
      const { channels } = await sharp((await repair(printed)).bytes).stats();
      const wanted = [1, 3, 5].map((at) => parseInt(background.slice(at, at + 2), 16));
      for (const [index, { mean }] of channels.entries()) {
        const apart = Math.abs(mean - (wanted[index] ?? NaN));
        assert.ok(apart <= 20, `${background}: ${mean}`);
      }
    }
  });

  it('keeps what is transparent, and drops alpha where nothing is', async () => {
    const half = await hills(40, 30).ensureAlpha(0.5).png({ palette: true }).toBuffer();
    assert.equal((await sharp((await repair(half)).bytes).stats()).isOpaque, false);
    const opaque = hills(40, 30).greyscale().toColourspace('b-w').ensureAlpha(1).png();
    const repaired = await repair(await opaque.toBuffer());
    assert.equal((await sharp(repaired.bytes).metadata()).channels, 3);
  });

  it('turns a picture upright and forgets that it lay', async () => {
    const lying = makeImage('jpeg', 60, 30, { colorMode: 'grey', orientation: 6 });
    const { bytes, width, height } = await repair(lying);
    assert.deepEqual([width, height], [30, 60]);
    assert.equal((await sharp(bytes).metadata()).exif, undefined);
    assert.ok((await difference(lying, bytes)) <= 3);
  });

  it('makes a picture as small as it has to be', async () => {
    const image = hills(900, 700);
    const large = await image.clone().png({ compressionLevel: 0 }).toBuffer();
    const jpeg = await image.clone().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer();
    const kept = await repair(large, { maxBytes: jpeg.length + 1000 });
    assert.deepEqual([kept.format, kept.width], ['jpeg', 900]);
    const clear = await image.clone().ensureAlpha(0.5).png({ compressionLevel: 0 }).toBuffer();
    assert.equal((await repair(clear, { maxBytes: 500_000 })).format, 'webp');
    const lossless = await repair(large, { maxBytes: 1_800_000, isLossless: true });
    assert.equal(lossless.format, 'webp');
    assert.equal(await difference(large, lossless.bytes), 0);
  });

  it('scales to 2,048 pixels what is too large even so', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const image = sharp({
      create: { width: 2600, height: 1300, channels: 3, background: '#000', noise },
    });
    const large = await image.png({ compressionLevel: 0 }).toBuffer();
    const { width, height } = await repair(large, { maxBytes: 3_500_000 });
    assert.deepEqual([width, height], [2048, 1024]);
    await assert.rejects(repair(large, { maxBytes: 1000 }), /it still takes .* MB where at most/);
  });

  it('takes the first frame of an animation where that is asked for', async () => {
    const animated = makeImage('webp', 30, 20, { isAnimated: true });
    const still = await repair(animated, { stopsAnimation: true });
    assert.equal((await sharp(still.bytes).metadata()).pages ?? 1, 1);
  });

  it('refuses a damaged picture rather than to paint over it', async () => {
    const grey = await hills(300, 200).greyscale().toColourspace('b-w').jpeg().toBuffer();
    const damaged = Buffer.concat([grey.subarray(0, grey.length / 2), Buffer.from([0xff, 0xd9])]);
    await assert.rejects(repair(damaged), /it cannot be decoded/);
  });
});
