import type { ImageFacts } from '../core/image/imageFacts.ts';

/** Pictures that every window can draw, and that hold nothing but pixels: never SVG. */
export const showableFormats: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

/** In pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * In CSS pixels. VS Code makes a hover 250 pixels high before it scrolls (contentHoverWidget.ts), and the words under the
 * picture are to be seen with it: two lines and a line of commands below one picture, a line for each of several, two lines
 * of a finding above. Eight small ones stand in one row of a hover that is 750 pixels wide.
 */
export const roomFor = {
  onePicture: { width: 320, height: 144 },
  pictureUnderFinding: { width: 320, height: 96 },
  oneOfSeveral: { width: 160, height: 96 },
  oneOfMany: { width: 84, height: 64 },
} as const satisfies Record<string, PictureSize>;

/** More pixels are not decoded by a window: 50 million take 200 MB of memory. */
const maxPixels = 50_000_000;

/** The size of a picture as it is shown upright; undefined when it is not known. */
export function uprightSize({
  width,
  height,
  orientation,
}: Pick<ImageFacts, 'width' | 'height' | 'orientation'>): PictureSize | undefined {
  if (!width || !height) return undefined;
  // EXIF orientations 5 to 8 lie on their side, and windows show them upright.
  return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
}

/** Whether a window can show the bytes as they are. */
export function isShowable({ format, width, height }: ImageFacts): boolean {
  return (
    format !== undefined &&
    showableFormats.has(format) &&
    width !== undefined &&
    height !== undefined &&
    width * height <= maxPixels
  );
}

/** The largest size of the same shape in a room; never larger than the picture is, and at least a pixel. */
export function fitInto({ width, height }: PictureSize, room: PictureSize): PictureSize {
  const scale = Math.min(1, room.width / width, room.height / height);
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}
