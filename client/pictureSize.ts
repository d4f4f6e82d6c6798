import type { ImageFacts } from '../core/image/imageFacts.ts';

/** Pictures that every window can draw, and that hold nothing but pixels: never SVG. */
export const showableFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

/** In CSS pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * VS Code makes a hover 250 pixels high before it scrolls (contentHoverWidget.ts), and the words under the picture are to be
 * seen with it: two lines below one picture, a line for each of several, two lines of a finding above.
 */
export const roomFor = {
  onePicture: { width: 320, height: 176 },
  pictureUnderFinding: { width: 320, height: 124 },
  oneOfSeveral: { width: 160, height: 96 },
} as const satisfies Record<string, PictureSize>;

/** More pixels are not decoded for a hover: 50 million take 200 MB of memory. */
const maxPixels = 50_000_000;

/** The size at which a picture is shown, its shape kept; undefined when its size is not known or too large to decode. */
export function fitPicture(
  { width, height, orientation }: Pick<ImageFacts, 'width' | 'height' | 'orientation'>,
  room: PictureSize,
): PictureSize | undefined {
  if (!width || !height || width * height > maxPixels) return undefined;
  // EXIF orientations 5 to 8 lie on their side, and windows show them upright.
  const [across, down] = (orientation ?? 1) >= 5 ? [height, width] : [width, height];
  const scale = Math.min(1, room.width / across, room.height / down);
  return {
    width: Math.max(1, Math.round(across * scale)),
    height: Math.max(1, Math.round(down * scale)),
  };
}
