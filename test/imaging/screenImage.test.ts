import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import sharp from 'sharp';
import type { PixelBox, ScreeningHint } from '../../core/image/learntImages.ts';
import { fitBox } from '../../imaging/fitBox.ts';
import { makeImage } from '../helpers/makeImage.ts';
import { portrait, portraitFace as face, portraitMissing } from '../helpers/portrait.ts';
import { startImaging } from './startImaging.ts';

function assertFaceAt(hints: readonly ScreeningHint[], expected: PixelBox): void {
  const [hint, ...others] = hints;
  assert.deepEqual(others, []);
  assert.equal(hint?.kind, 'face');
  assert.ok((hint.confidence ?? 0) >= 0.7 && (hint.confidence ?? 0) <= 1, `${hint.confidence}`);
  const { box } = hint;
  assert.ok(box && isNear(box, expected), JSON.stringify(box));
}

/** Whether each side is where it should be, but for a third of the width. */
function isNear(box: PixelBox, expected: PixelBox): boolean {
  const room = expected.width / 3;
  const sides = ({ x, y, width, height }: PixelBox): number[] => [x, y, x + width, y + height];
  return sides(box).every((side, at) => Math.abs(side - (sides(expected)[at] ?? NaN)) <= room);
}

describe('screening', { skip: portraitMissing }, () => {
  const imaging = startImaging();

  it('finds a face, how sure that is, and where', async () => {
    assertFaceAt(await imaging.screen(await portrait().png().toBuffer()), face);
  });

  it('tells where in pixels of the picture as it is, however large', async () => {
    const large = await portrait().resize(1075, 790).jpeg().toBuffer();
    const { x, y, width, height } = face;
    const expected = { x: 5 * x, y: 5 * y, width: 5 * width, height: 5 * height };
    assertFaceAt(await imaging.screen(large), expected);
  });

  it('tells where in the upright picture, where it is stored turned', async () => {
    // Orientation 6: to be turned a quarter clockwise.
    const turned = await portrait().rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    assertFaceAt(await imaging.screen(turned), face);
  });

  it('looks at grey pictures, transparent ones, and those of 16 bits too', async () => {
    const grey = await portrait().greyscale().png().toBuffer();
    const transparent = await portrait().ensureAlpha().webp({ lossless: true }).toBuffer();
    const deep = await portrait().toColourspace('rgb16').png().toBuffer();
    for (const bytes of [grey, transparent, deep]) assertFaceAt(await imaging.screen(bytes), face);
  });

  it('leaves alone what is too small to tell', async () => {
    const small = (width: number) => portrait().resize({ width }).png().toBuffer();
    assert.deepEqual(await imaging.screen(await small(79)), []);
    assert.equal((await imaging.screen(await small(120))).length, 1);
  });

  it('finds several faces', async () => {
    const [one, other] = [
      await portrait().png().toBuffer(),
      await portrait().flop().png().toBuffer(),
    ];
    const both = await sharp({
      create: { width: 430, height: 158, channels: 3, background: 'grey' },
    })
      .composite([
        { input: one, left: 0, top: 0 },
        { input: other, left: 215, top: 0 },
      ])
      .png()
      .toBuffer();
    const lefts = (await imaging.screen(both))
      .map(({ box }) => box?.x ?? NaN)
      .sort((a, b) => a - b);
    assert.equal(lefts.length, 2);
    assert.ok((lefts[0] ?? NaN) < 215 && (lefts[1] ?? NaN) > 215, lefts.join());
  });
});

describe('screening of what shows nobody', () => {
  const imaging = startImaging();

  it('finds nothing', async () => {
    for (const format of ['png', 'jpeg', 'webp', 'gif', 'bmp'] as const) {
      assert.deepEqual(await imaging.screen(makeImage(format, 300, 200)), [], format);
    }
    assert.deepEqual(await imaging.screen(makeImage('png', 1, 1)), []);
    assert.deepEqual(await imaging.screen(makeImage('png', 3000, 1)), []);
  });

  it('finds nothing in the drawings of the samples', async () => {
    const urls = ['clean', 'broken'].flatMap((name) => {
      const path = join(import.meta.dirname, `../../samples/${name}.jsonl`);
      return readFileSync(path, 'utf8').match(/data:image\/[^"]+/g) ?? [];
    });
    assert.ok(urls.length >= 30, `${urls.length} drawings`);
    for (const url of urls) {
      const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
      // What is damaged on purpose may be refused.
      const found = await imaging.screen(bytes).catch(() => []);
      assert.deepEqual(found, [], url.slice(0, 80));
    }
  });

  it('is refused of what is no picture', async () => {
    await assert.rejects(imaging.screen(Buffer.from('no picture')), {
      message: 'it is in no known format',
    });
  });
});

describe('the box of a face', () => {
  const whole = { width: 400, height: 300 };

  it('is put into whole pixels of the whole picture', () => {
    const scale = { x: 2, y: 2 };
    assert.deepEqual(fitBox({ x: 10.2, y: 20.6, width: 30, height: 40 }, scale, whole), {
      x: 20,
      y: 41,
      width: 61,
      height: 81,
    });
  });

  it('ends where the picture does', () => {
    const scale = { x: 1, y: 1 };
    assert.deepEqual(fitBox({ x: -10, y: 250, width: 50, height: 100 }, scale, whole), {
      x: 0,
      y: 250,
      width: 40,
      height: 50,
    });
    assert.equal(fitBox({ x: 400, y: 0, width: 50, height: 50 }, scale, whole), undefined);
    assert.equal(fitBox({ x: 0, y: 0, width: NaN, height: 50 }, scale, whole), undefined);
  });

  it('never leaves the picture', () => {
    const number = fc.double({ min: -1000, max: 1000, noNaN: true });
    const box = fc.record({ x: number, y: number, width: number, height: number });
    fc.assert(
      fc.property(box, fc.double({ min: 0.01, max: 40, noNaN: true }), (given, factor) => {
        const fitted = fitBox(given, { x: factor, y: factor }, whole);
        if (!fitted) return;
        const { x, y, width, height } = fitted;
        assert.ok(x >= 0 && y >= 0 && width > 0 && height > 0);
        assert.ok(x + width <= whole.width && y + height <= whole.height);
      }),
      { seed: 4 },
    );
  });
});
