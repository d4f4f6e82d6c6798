import type { Sharp } from 'sharp';
import { bytesSource } from '../core/image/byteSource.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import { formatBytes } from '../core/image/describeImage.ts';
import {
  isAcceptable,
  type ImageEncoding,
  type RepairedImage,
  type RepairPlan,
} from '../core/image/repairPlan.ts';
import { ImagingError } from './imagingError.ts';
import type { ImagingLimits } from './limits.ts';
import { withSoundImage } from './openImage.ts';

/**
 * Writes the picture in the first of the planned ways that is small enough: upright, in sRGB by its own colour profile, and
 * without metadata. A damaged picture is refused rather than written with grey areas.
 */
export async function repairImage(
  bytes: Uint8Array,
  plan: RepairPlan,
  limits: ImagingLimits,
): Promise<RepairedImage> {
  const isTransparent = await withSoundImage(bytes, limits, hasTransparency);
  let smallest = Infinity;
  for (const encoding of isTransparent ? plan.transparent : plan.opaque) {
    const repaired = await withSoundImage(bytes, limits, (image) =>
      write(isTransparent ? image : image.removeAlpha(), encoding),
    );
    if (repaired.bytes.length <= plan.maxBytes) return checked(repaired, plan);
    smallest = Math.min(smallest, repaired.bytes.length);
  }
  throw new ImagingError(
    `it still takes ${formatBytes(smallest)} where at most ${formatBytes(plan.maxBytes)} are allowed`,
  );
}

/** Whether any pixel lets something through: only then is alpha worth keeping. */
async function hasTransparency(image: Sharp): Promise<boolean> {
  const { hasAlpha } = await image.metadata();
  return hasAlpha && !(await image.stats()).isOpaque;
}

async function write(image: Sharp, encoding: ImageEncoding): Promise<RepairedImage> {
  const { format, fit } = encoding;
  const upright = image.autoOrient().toColourspace('srgb');
  const sized =
    fit === undefined
      ? upright
      : upright.resize({ width: fit, height: fit, fit: 'inside', withoutEnlargement: true });
  const { data, info } = await encode(sized, encoding).toBuffer({ resolveWithObject: true });
  return { bytes: data, format, width: info.width, height: info.height };
}

function encode(image: Sharp, { format, quality }: ImageEncoding): Sharp {
  switch (format) {
    case 'jpeg':
      return image.jpeg({ ...(quality !== undefined && { quality }), chromaSubsampling: '4:4:4' });
    case 'png':
      return image.png({ palette: false });
    case 'webp':
      return image.webp(quality === undefined ? { lossless: true } : { quality });
  }
}

/** Nothing is handed out that would be reported again. */
function checked(repaired: RepairedImage, { maxBytes }: RepairPlan): RepairedImage {
  if (isAcceptable(identifyImage(bytesSource(repaired.bytes)), maxBytes)) return repaired;
  throw new ImagingError('what came of the repair is not acceptable either');
}
