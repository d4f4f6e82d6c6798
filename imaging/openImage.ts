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

/** How much of a damaged picture is put up with. */
type Tolerance = NonNullable<SharpOptions['failOn']>;

/** The first frame, as it is stored, with grey areas where it is damaged. Throws for what is not to be decoded. */
export function openDamaged(bytes: Uint8Array, limits: ImagingLimits): Sharp {
  return open(bytes, limits, 'none');
}

/**
 * Gives the first frame, as it is stored, to `use`, which throws where the picture is damaged; and again, where decoders
 * only skip stray bytes between the segments of a JPEG.
 */
export async function withSoundImage<T>(
  bytes: Uint8Array,
  limits: ImagingLimits,
  use: (image: Sharp) => Promise<T>,
): Promise<T> {
  try {
    return await use(open(bytes, limits, 'warning'));
  } catch (error) {
    if (!isAboutStrayBytes(error)) throw error;
    return await use(open(bytes, limits, 'error'));
  }
}

function isAboutStrayBytes(error: unknown): boolean {
  const lines = error instanceof Error ? error.message.split('\n') : [];
  return lines.length > 0 && lines.every((line) => line.includes('extraneous bytes before marker'));
}

/** Nothing is decoded yet. */
function open(bytes: Uint8Array, { maxPixels }: ImagingLimits, failOn: Tolerance): Sharp {
  const facts = identifyImage(bytesSource(bytes));
  const refusal = refuse(facts, maxPixels);
  if (refusal !== undefined) throw new ImagingError(refusal);
  if (facts.format === 'bmp') {
    const { pixels, width, height, channels } = decodeBmp(bytes);
    return sharp(pixels, { raw: { width, height, channels } });
  }
  return sharp(bytes, { failOn, limitInputPixels: maxPixels, sequentialRead: true });
}
