import { hasText, latin1, uint16BE, uint16LE, uint32BE, uint32LE } from './bytes.ts';
import type { HeaderFacts } from './header.ts';

const prefix = 'Exif\0\0';
const orientationTag = 0x0112;
const shortType = 3;

/** The signature that tells an Exif segment of a JPEG file from its other APP1 segments. */
export function isExif(bytes: Uint8Array): boolean {
  return hasText(bytes, 0, prefix);
}

/**
 * Orientation from an Exif block, with or without its `Exif` prefix: the tag in the first directory of a
 * TIFF structure (CIPA DC-008, section 4.6.4). A directory has 2 bytes of count and 12 bytes per entry.
 */
export function readOrientation(exif: Uint8Array): Pick<HeaderFacts, 'orientation'> {
  const tiff = isExif(exif) ? exif.subarray(prefix.length) : exif;
  const order = latin1(tiff, 0, 2);
  if (order !== 'II' && order !== 'MM') return {};
  const [uint16, uint32] = order === 'II' ? [uint16LE, uint32LE] : [uint16BE, uint32BE];

  const directory = uint32(tiff, 4);
  const end = Math.min(directory + 2 + 12 * uint16(tiff, directory), tiff.length);
  for (let entry = directory + 2; entry < end; entry += 12) {
    if (uint16(tiff, entry) !== orientationTag || uint16(tiff, entry + 2) !== shortType) continue;
    const orientation = uint16(tiff, entry + 8);
    return orientation >= 2 && orientation <= 8 ? { orientation } : {};
  }
  return {};
}
