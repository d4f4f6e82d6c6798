import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type { ScreeningHint } from '../core/image/learntImages.ts';
import type * as faces from './faces/findFaces.ts';
import { fitBox, type Size } from './fitBox.ts';
import type { ImagingLimits } from './limits.ts';
import { openDamaged } from './openImage.ts';

type Detector = typeof faces;

/** Pixels of the side of a square that the detector looks at. */
const side = 256;

/**
 * Pixels that a picture needs across or down to be looked at. Of small copies of 115 pictures that show nobody, the detector
 * took 8 of 48 pixels for faces, 4 of 64, 2 of 80 and of 96, and 1 in full size (docs/forecast.md).
 */
const smallestSide = 80;

let detector: Detector | undefined;

/**
 * The faces in the first frame of a picture, the surest first, their boxes in pixels of the upright picture; none of a
 * picture that is too small to tell. The first call loads the detector, which takes 0.2 s; nothing else of the image
 * process needs it.
 */
export async function screenImage(
  bytes: Uint8Array,
  _parameters: undefined,
  limits: ImagingLimits,
): Promise<readonly ScreeningHint[]> {
  const whole = await sizeOf(bytes, limits);
  if (Math.max(whole.width, whole.height) < smallestSide) return [];
  const { data, info } = await openDamaged(bytes, limits)
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside' })
    // What is transparent shows what people mostly look at it on.
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  detector ??= loadDetector();
  const found = await detector.findFaces({ data, width: info.width, height: info.height });
  const scale = { x: whole.width / info.width, y: whole.height / info.height };
  return found.flatMap(({ confidence, box }) => {
    const inside = fitBox(box, scale, whole);
    return inside ? [{ kind: 'face', confidence, box: inside }] : [];
  });
}

/** Of the upright picture. */
async function sizeOf(bytes: Uint8Array, limits: ImagingLimits): Promise<Size> {
  const { autoOrient } = await openDamaged(bytes, limits).metadata();
  return autoOrient;
}

/** From its folder beside this module; in a bundle, which holds this module but not that one, from the faces.js beside it. */
function loadDetector(): Detector {
  const name = extname(import.meta.filename) === '.ts' ? 'faces/findFaces.ts' : 'faces.js';
  const path = join(import.meta.dirname, name);
  return createRequire(path)(path) as Detector;
}
