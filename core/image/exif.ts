import { hasText } from './bytes.ts';
import type { HeaderFacts } from './header.ts';
import { readTiffNumber } from './tiff.ts';

const prefix = 'Exif\0\0';
const orientationTag = 0x0112;

/** The signature that tells an Exif segment of a JPEG file from its other APP1 segments. */
export function isExif(bytes: Uint8Array): boolean {
  return hasText(bytes, 0, prefix);
}

/** Orientation from an Exif block, with or without its `Exif` prefix (CIPA DC-008, section 4.6.4). */
export function readOrientation(exif: Uint8Array): Pick<HeaderFacts, 'orientation'> {
  const tiff = isExif(exif) ? exif.subarray(prefix.length) : exif;
  const orientation = readTiffNumber(tiff, orientationTag) ?? 1;
  return orientation >= 2 && orientation <= 8 ? { orientation } : {};
}
