import { crc32, inflateSync } from 'node:zlib';
import { formatCount } from '../text/formatCount.ts';
import { latin1, uint32BE } from './bytes.ts';

const signatureLength = 8;

/** Of a chunk, in bytes: the length and type before its data, the check sum behind it. */
const beforeData = 8;
const checkSumLength = 4;

/** Bytes that Pillow 12.3 unpacks of a text or a colour profile (`MAX_TEXT_CHUNK`); it refuses an image with more. */
const maxUnpacked = 0x100000;

/**
 * Names the first chunk between the signature and the image data of a PNG that decoders disagree about, in words that end a
 * sentence: Pillow 12.3 refuses the image, libpng 1.6 passes over the chunk. From the image data on, both take the image or
 * both refuse it.
 */
export function findDisputedChunk(bytes: Uint8Array): string | undefined {
  for (let at = signatureLength; at + beforeData + checkSumLength <= bytes.length;) {
    const type = latin1(bytes, at + 4, 4);
    if (type === 'IDAT') return undefined;
    const start = at + beforeData;
    const end = start + uint32BE(bytes, at);
    if (end + checkSumLength > bytes.length) return undefined;
    // Of the type and the data: PNG, third edition, section 5.3.
    const sum = crc32(bytes.subarray(at + 4, end));
    if (sum !== uint32BE(bytes, end)) return `the check sum of its ${type} chunk is wrong`;
    const packed = packedIn[type]?.(bytes.subarray(start, end));
    if (packed && isBomb(packed)) {
      return `its ${type} chunk unpacks to more than ${formatCount(maxUnpacked)} bytes`;
    }
    at = end + checkSumLength;
  }
  return undefined;
}

/** What is compressed in the data of a chunk; undefined where nothing is. Sections 11.3.2.3, 11.3.3.3 and 11.3.3.4. */
const packedIn: Readonly<Record<string, (data: Uint8Array) => Uint8Array | undefined>> = {
  // A name, and the method of compression.
  iCCP: (data) => behindTexts(data, 1)?.subarray(1),
  zTXt: (data) => behindTexts(data, 1)?.subarray(1),
  // A keyword, whether it is compressed and how, a language, and the keyword in that language.
  iTXt: (data) => {
    const rest = behindTexts(data, 1);
    return rest?.[0] === 1 ? behindTexts(rest.subarray(2), 2) : undefined;
  },
};

/** What follows on so many texts, each of which a NUL ends. */
function behindTexts(data: Uint8Array, count: number): Uint8Array | undefined {
  let rest = data;
  for (let each = 0; each < count; each++) {
    const end = rest.indexOf(0);
    if (end < 0) return undefined;
    rest = rest.subarray(end + 1);
  }
  return rest;
}

/** Unpacks no further than it must to tell. What does not unpack at all, every decoder passes over. */
function isBomb(packed: Uint8Array): boolean {
  try {
    inflateSync(packed, { maxOutputLength: maxUnpacked });
    return false;
  } catch (error) {
    return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  }
}
