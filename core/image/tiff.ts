import { latin1, uint16BE, uint16LE, uint32BE, uint32LE } from './bytes.ts';

/** Types of a value that stands in its entry itself, from the lower end of four bytes on. */
const short = 3;
const long = 4;

/**
 * A number from the first directory of a TIFF structure (TIFF 6.0, section 2), which Exif and MPF data are built as;
 * undefined where it is not there. A directory has 2 bytes of count and 12 bytes per entry.
 */
export function readTiffNumber(tiff: Uint8Array, tag: number): number | undefined {
  const order = latin1(tiff, 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const [uint16, uint32] = order === 'II' ? [uint16LE, uint32LE] : [uint16BE, uint32BE];

  const directory = uint32(tiff, 4);
  const end = Math.min(directory + 2 + 12 * uint16(tiff, directory), tiff.length);
  for (let entry = directory + 2; entry < end; entry += 12) {
    const type = uint16(tiff, entry + 2);
    if (uint16(tiff, entry) !== tag || (type !== short && type !== long)) continue;
    const value = type === short ? uint16(tiff, entry + 8) : uint32(tiff, entry + 8);
    return Number.isNaN(value) ? undefined : value;
  }
  return undefined;
}
