import type { PixelBox } from '../core/image/learntImages.ts';

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * A box in a smaller copy of a picture, in whole pixels of the whole one and cut at its edges; undefined where nothing is left.
 * `scale` is how much larger the whole one is.
 */
export function fitBox(
  box: PixelBox,
  scale: { readonly x: number; readonly y: number },
  { width, height }: Size,
): PixelBox | undefined {
  const left = Math.max(0, Math.floor(box.x * scale.x));
  const top = Math.max(0, Math.floor(box.y * scale.y));
  const right = Math.min(width, Math.ceil((box.x + box.width) * scale.x));
  const bottom = Math.min(height, Math.ceil((box.y + box.height) * scale.y));
  if (!(right > left && bottom > top)) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
