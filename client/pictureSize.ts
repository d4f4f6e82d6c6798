import type { ImageFacts } from '../core/image/imageFacts.ts';

/** Pictures that every window can draw, and that hold nothing but pixels: never SVG. */
export const showableFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

/**
 * In CSS pixels. VS Code makes a hover 250 pixels high before it scrolls (contentHoverWidget.ts), and the two lines
 * under the picture are to be seen with it.
 */
const maxWidth = 320;
const maxHeight = 176;

/** More pixels are not decoded for a hover: 50 million take 200 MB of memory. */
const maxPixels = 50_000_000;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The size at which a picture is shown, its shape kept; undefined when its size is not known or too large to decode. */
export function fitPicture({ width, height, orientation }: ImageFacts): PictureSize | undefined {
  if (!width || !height || width * height > maxPixels) return undefined;
  // EXIF orientations 5 to 8 lie on their side, and windows show them upright.
  const [across, down] = (orientation ?? 1) >= 5 ? [height, width] : [width, height];
  const scale = Math.min(1, maxWidth / across, maxHeight / down);
  return {
    width: Math.max(1, Math.round(across * scale)),
    height: Math.max(1, Math.round(down * scale)),
  };
}
