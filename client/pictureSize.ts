import type { ImageFacts } from '../core/image/imageFacts.ts';

/** Pictures that every window can draw, and that hold nothing but pixels: never SVG. */
export const showableFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

/** In pixels of the screen's own measure. */
const maxSide = 320;

/** More pixels are not decoded for a hover: 50 million take 200 MB of memory. */
const maxPixels = 50_000_000;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size at which a picture is shown, its shape kept; undefined when its size is not known or too large to decode. */
export function fitPicture({ width, height, orientation }: ImageFacts): PictureSize | undefined {
  if (!width || !height || width * height > maxPixels) return undefined;
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const across = Math.max(1, Math.round(width * scale));
  const down = Math.max(1, Math.round(height * scale));
  // EXIF orientations 5 to 8 lie on their side, and windows show them upright.
  return (orientation ?? 1) >= 5
    ? { width: down, height: across }
    : { width: across, height: down };
}
