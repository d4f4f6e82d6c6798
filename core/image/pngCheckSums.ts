import { crc32 } from 'node:zlib';
import { latin1, uint32BE } from './bytes.ts';

const signatureLength = 8;

/** Of a chunk, in bytes: the length and type before its data, the check sum behind it. */
const beforeData = 8;
const checkSumLength = 4;

/**
 * Names the first chunk between the signature and the image data of a PNG whose check sum is wrong, in words that end a
 * sentence. Decoders disagree about the ancillary ones: Pillow 12.3 refuses the image, libpng 1.6 passes over the chunk.
 * From the image data on, both take the image or both refuse it.
 */
export function findWrongCheckSum(bytes: Uint8Array): string | undefined {
  for (let at = signatureLength; at + beforeData + checkSumLength <= bytes.length;) {
    const type = latin1(bytes, at + 4, 4);
    if (type === 'IDAT') return undefined;
    const end = at + beforeData + uint32BE(bytes, at);
    if (end + checkSumLength > bytes.length) return undefined;
    // Of the type and the data: PNG, third edition, section 5.3.
    const sum = crc32(bytes.subarray(at + 4, end));
    if (sum !== uint32BE(bytes, end)) return `the check sum of its ${type} chunk is wrong`;
    at = end + checkSumLength;
  }
  return undefined;
}
