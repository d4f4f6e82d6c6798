import { hasText } from './bytes.ts';
import type { HeaderFacts } from './header.ts';
import { readTiffNumber } from './tiff.ts';

const prefix = 'MPF\0';
const numberOfImagesTag = 0xb001;

/** The signature that tells a multi-picture segment of a JPEG file from its other APP2 segments. */
export function isMultiPicture(bytes: Uint8Array): boolean {
  return hasText(bytes, 0, prefix);
}

/**
 * How many pictures a JPEG file says that it holds (CIPA DC-007, section 5.2.3): the views of a stereo camera, a
 * preview, the gain map of a picture with high dynamic range. All but the first stand behind its end.
 */
export function readMultiPicture(segment: Uint8Array): Pick<HeaderFacts, 'frames'> {
  const frames = readTiffNumber(segment.subarray(prefix.length), numberOfImagesTag) ?? 1;
  return frames > 1 ? { frames } : {};
}
