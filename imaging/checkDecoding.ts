import type { ImagingLimits } from './limits.ts';
import { openImage } from './openImage.ts';

/** What a decoder stumbles over in the first frame; undefined where it comes to its end. */
export async function checkDecoding(
  bytes: Uint8Array,
  _parameters: undefined,
  limits: ImagingLimits,
): Promise<string | undefined> {
  const image = openImage(bytes, limits, 'warning');
  try {
    // Every pixel, and nothing made of them.
    await image.raw().toBuffer();
    return undefined;
  } catch (error) {
    return describeProblem(error);
  }
}

/** The last of what libvips and the decoder say is closest to the cause. */
function describeProblem(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  const last = lines.map((line) => line.trim()).findLast((line) => line !== '') ?? '';
  return last.replace(/^(?:VipsJpeg|\w+load\w*|source): /i, '').replace(/\.$/, '');
}
