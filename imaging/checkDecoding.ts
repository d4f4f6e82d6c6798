import { describeProblem } from './describeProblem.ts';
import type { ImagingLimits } from './limits.ts';
import { openImage } from './openImage.ts';

/** What a decoder stumbles over in the first frame; undefined where it comes to its end. */
export async function checkDecoding(
  bytes: Uint8Array,
  _parameters: undefined,
  limits: ImagingLimits,
): Promise<string | undefined> {
  const image = openImage(bytes, limits, 'error');
  try {
    // Every pixel, and nothing made of them.
    await image.raw().toBuffer();
    return undefined;
  } catch (error) {
    return describeProblem(error);
  }
}
