import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { decodeBmp } from '../../imaging/decodeBmp.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
import { makeImage } from '../helpers/makeImage.ts';

interface BitmapOptions {
  readonly bits: number;
  /** From the bottom, each filled up to 4 bytes. */
  readonly rows: readonly (readonly number[])[];
  readonly width: number;
  readonly palette?: readonly number[];
  readonly isTopDown?: boolean;
  readonly compression?: number;
  readonly masks?: readonly number[];
  /** 12 for OS/2, 40 for Windows. */
  readonly header?: 12 | 40;
}

function bitmap(options: BitmapOptions): Buffer {
  const { bits, rows, width, palette = [], masks = [], header = 40 } = options;
  const { isTopDown = false, compression = 0 } = options;
  const height = isTopDown ? -rows.length : rows.length;
  const padded = rows.flatMap((row) => [...row, ...new Uint8Array(-row.length & 3)]);
  const info = Buffer.alloc(header);
  info.writeUInt32LE(header);
  if (header === 12) {
    for (const [index, value] of [width, height, 1, bits].entries()) {
      info.writeUInt16LE(value, 4 + 2 * index);
    }
  } else {
    info.writeInt32LE(width, 4);
    info.writeInt32LE(height, 8);
    info.writeUInt16LE(1, 12);
    info.writeUInt16LE(bits, 14);
    info.writeUInt32LE(compression, 16);
  }
  const extra = Buffer.alloc(4 * masks.length);
  for (const [index, mask] of masks.entries()) extra.writeUInt32LE(mask, 4 * index);
  const start = 14 + header + extra.length + palette.length;
  const file = Buffer.alloc(14);
  file.write('BM');
  file.writeUInt32LE(start, 10);
  return Buffer.concat([file, info, extra, Buffer.from(palette), Buffer.from(padded)]);
}

function pixelsOf(options: BitmapOptions): number[] {
  return [...decodeBmp(bitmap(options)).pixels];
}

// Blue, green, red, and one without meaning.
const redAndBlue = [0, 0, 255, 0, 255, 0, 0, 0];
const red = [255, 0, 0];
const blue = [0, 0, 255];

describe('a bitmap', () => {
  it('of 1, 4 and 8 bits takes its colours from a palette, the highest bits first', () => {
    const palette = redAndBlue;
    const width = 3;
    const expected = [...red, ...blue, ...red];
    assert.deepEqual(pixelsOf({ bits: 1, width, palette, rows: [[0b010_00000]] }), expected);
    assert.deepEqual(pixelsOf({ bits: 4, width, palette, rows: [[0x01, 0x00]] }), expected);
    assert.deepEqual(pixelsOf({ bits: 8, width, palette, rows: [[0, 1, 0]] }), expected);
    const os2 = { bits: 8, width, palette: [0, 0, 255, 255, 0, 0], header: 12 } as const;
    assert.deepEqual(pixelsOf({ ...os2, rows: [[0, 1, 0]] }), expected);
  });

  it('is black where an index leaves the palette', () => {
    assert.deepEqual(pixelsOf({ bits: 8, width: 1, palette: redAndBlue, rows: [[9]] }), [0, 0, 0]);
  });

  it('of 16 bits has 5 for each colour, or as its masks say', () => {
    assert.deepEqual(pixelsOf({ bits: 16, width: 2, rows: [[0x00, 0x7c, 0x1f, 0x00]] }), [
      ...red,
      ...blue,
    ]);
    const masks = [0xf800, 0x07e0, 0x001f];
    const row = [0xe0, 0x07, 0x00, 0xf8];
    assert.deepEqual(pixelsOf({ bits: 16, width: 2, rows: [row], masks, compression: 3 }), [
      0,
      255,
      0,
      ...red,
    ]);
  });

  it('of 24 and 32 bits is stored as blue, green, red', () => {
    assert.deepEqual(pixelsOf({ bits: 24, width: 1, rows: [[1, 2, 3]] }), [3, 2, 1]);
    assert.deepEqual(pixelsOf({ bits: 32, width: 1, rows: [[1, 2, 3, 77]] }), [3, 2, 1]);
  });

  it('has alpha only where a mask says so', () => {
    const masks = [0xff, 0xff00, 0xff0000, 0xff000000];
    const options = { bits: 32, width: 1, rows: [[1, 2, 3, 77]], masks, compression: 6 };
    assert.deepEqual(pixelsOf(options), [1, 2, 3, 77]);
  });

  it('is stored from the bottom unless its height is negative', () => {
    const rows = [
      [1, 1, 1],
      [2, 2, 2],
    ];
    assert.deepEqual(pixelsOf({ bits: 24, width: 1, rows }), [2, 2, 2, 1, 1, 1]);
    assert.deepEqual(pixelsOf({ bits: 24, width: 1, rows, isTopDown: true }), [1, 1, 1, 2, 2, 2]);
  });

  it('is refused when it is compressed, and when it promises more than there is', () => {
    const compressed = bitmap({ bits: 8, width: 1, rows: [[0]], compression: 1 });
    assert.throws(() => decodeBmp(compressed), /compressed bitmaps are not decoded here/);
    const huge = bitmap({ bits: 24, width: 2 ** 30, rows: [[0]] });
    assert.throws(() => decodeBmp(huge), /the bitmap ends early/);
  });

  it('of any bytes gives pixels or an ImagingError, and takes no more room than the file', () => {
    const valid = Buffer.from(makeImage('bmp', 5, 4));
    const damage = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })));
    fc.assert(
      fc.property(damage, fc.nat(valid.length), (changes, length) => {
        const bytes = Buffer.from(valid.subarray(0, length));
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          assert.ok(decodeBmp(bytes).pixels.length <= 24 * bytes.length);
        } catch (error) {
          assert.ok(error instanceof ImagingError, String(error));
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});
