import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { bytesSource } from '../core/image/byteSource.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import { decodeBmp } from './decodeBmp.ts';
import { ImagingError } from './imagingError.ts';
import type { ImagingLimits } from './limits.ts';
import { refuse } from './refuse.ts';

// One picture at a time, none of them twice.
sharp.cache(false);
sharp.concurrency(1);

// The decoders that are wanted, by their names in libvips. Drawings and documents could name files and hold scripts.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif'].map(
    (name) => `VipsForeignLoad${name}Buffer`,
  ),
});

/**
 * How much of a damaged picture is put up with: with `none` it has grey areas. At `error` all damage counts that decoders
 * see in the 14 corrupt files of PngSuite, but no stray bytes between the segments of a JPEG, which they skip.
 */
export type Tolerance = Extract<SharpOptions['failOn'], 'none' | 'error'>;

/** The first frame, as it is stored. Throws for what is not to be decoded; nothing is decoded yet. */
export function openImage(
  bytes: Uint8Array,
  { maxPixels }: ImagingLimits,
  failOn: Tolerance,
): Sharp {
  const facts = identifyImage(bytesSource(bytes));
  const refusal = refuse(facts, maxPixels);
  if (refusal !== undefined) throw new ImagingError(refusal);
  if (facts.format === 'bmp') {
    const { pixels, width, height, channels } = decodeBmp(bytes);
    return sharp(pixels, { raw: { width, height, channels } });
  }
  return sharp(bytes, { failOn, limitInputPixels: maxPixels, sequentialRead: true });
}
