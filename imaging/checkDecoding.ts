import { describeProblem } from './describeProblem.ts';
import { ImagingError } from './imagingError.ts';
import type { ImagingLimits } from './limits.ts';
import { withSoundImage } from './openImage.ts';

/** What a decoder stumbles over in the first frame; undefined where it comes to its end. */
export async function checkDecoding(
  bytes: Uint8Array,
  _parameters: undefined,
  limits: ImagingLimits,
): Promise<string | undefined> {
  try {
    // Every pixel, and nothing made of them.
    await withSoundImage(bytes, limits, (image) => image.raw().toBuffer());
    return undefined;
  } catch (error) {
    if (error instanceof ImagingError) throw error;
    return describeProblem(error);
  }
}
