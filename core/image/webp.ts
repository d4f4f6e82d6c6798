import { hasText, latin1, uint16LE, uint24LE, uint32LE, uint8 } from './bytes.ts';
import { readOrientation } from './exif.ts';
import {
  describeSize,
  dimensions,
  type Header,
  type HeaderFacts,
  type HeaderReader,
} from './header.ts';

/**
 * WEBP, RFC 9649. A RIFF container whose first chunk, at byte 12, tells which of three layouts it has:
 * lossy (`VP8 `), lossless (`VP8L`), or extended (`VP8X`) with any of alpha, animation and metadata.
 */
export const webp: HeaderReader = {
  format: 'webp',
  matches: (head) => hasText(head, 0, 'RIFF') && hasText(head, 8, 'WEBP'),
  read,
};

/** Chunks start with 4 bytes of type and 4 of length, and are padded to an even length. */
const chunkStart = 8;
const firstChunk = 12;
const contentStart = firstChunk + chunkStart;
const extendedLength = 10;
/** Where the chunks after an extended header start. */
const extendedEnd = contentStart + extendedLength;

function read(head: Uint8Array): Header {
  const end = { kind: 'length', byteLength: chunkStart + uint32LE(head, 4) } as const;
  const layout = latin1(head, firstChunk, 4);
  const need = contentStart + (layout === 'VP8L' ? 5 : 10);
  if (head.length < need) return { facts: {}, end, need };

  const content = head.subarray(contentStart);
  const length = uint32LE(head, firstChunk + 4);
  if (contentStart + length > end.byteLength)
    return { facts: { problem: 'its first chunk is longer than the whole file' }, end };
  switch (layout) {
    case 'VP8 ':
      return { facts: readLossy(content), end };
    case 'VP8L':
      return { facts: readLossless(content), end };
    case 'VP8X':
      return length === extendedLength
        ? { ...readExtended(head, end.byteLength), end }
        : { facts: { problem: 'its VP8X chunk does not have the length that it must have' }, end };
    default:
      return { facts: { problem: 'its first chunk is no VP8, VP8L or VP8X chunk' }, end };
  }
}

/** RFC 6386, section 9.1: a key frame has bit 0 clear and a start code; 14 bits each of width and height. */
function readLossy(content: Uint8Array): HeaderFacts {
  if (uint8(content, 0) % 2 !== 0 || !hasText(content, 3, '\x9d\x01\x2a'))
    return { problem: 'its VP8 chunk does not begin with a key frame' };
  const [width, height] = [uint16LE(content, 6) & 0x3fff, uint16LE(content, 8) & 0x3fff];
  return {
    ...dimensions(width, height),
    colorMode: 'rgb',
    bitsPerSample: 8,
    isAnimated: false,
    ...((width === 0 || height === 0) && { problem: describeSize(width, height) }),
  };
}

/** RFC 9649, section 3.4: a signature byte, then from the lowest bit 14 of width - 1, 14 of height - 1, 1 of alpha, 3 of version. */
function readLossless(content: Uint8Array): HeaderFacts {
  const bits = uint32LE(content, 1);
  if (uint8(content, 0) !== 0x2f || bits >>> 29 !== 0)
    return { problem: 'its VP8L chunk does not begin with the signature of version 0' };
  const size = dimensions((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  const hasAlpha = ((bits >>> 28) & 1) === 1;
  return { ...size, colorMode: hasAlpha ? 'rgba' : 'rgb', bitsPerSample: 8, isAnimated: false };
}

/** RFC 9649, section 2.7: flags, 3 reserved bytes, then 24 bits each of canvas width - 1 and height - 1. */
function readExtended(head: Uint8Array, byteLength: number): Omit<Header, 'end'> {
  const flags = uint8(head, contentStart);
  const isAnimated = (flags & 0x02) !== 0;
  const facts: HeaderFacts = {
    ...dimensions(uint24LE(head, contentStart + 4) + 1, uint24LE(head, contentStart + 7) + 1),
    colorMode: (flags & 0x10) !== 0 ? 'rgba' : 'rgb',
    bitsPerSample: 8,
    isAnimated,
  };
  const hasExif = (flags & 0x08) !== 0;
  return isAnimated || hasExif ? readChunks(head, byteLength, facts) : { facts };
}

/**
 * Counts the frames of an animation and reads the metadata, which comes behind the image data: so the walk there mostly
 * asks for a longer head.
 */
function readChunks(
  head: Uint8Array,
  byteLength: number,
  extended: HeaderFacts,
): Omit<Header, 'end'> {
  let facts = extended;
  let frames = 0;
  let at = extendedEnd;
  while (at + chunkStart <= byteLength) {
    if (at + chunkStart > head.length) return { facts, need: at + chunkStart };
    const type = latin1(head, at, 4);
    const start = at + chunkStart;
    const end = start + uint32LE(head, at + 4);
    if (end > byteLength)
      return { facts: { ...facts, problem: `its chunk at byte ${at} is longer than the file` } };
    if (type === 'ANMF') frames += 1;
    if (type === 'EXIF') {
      if (end > head.length) return { facts, need: end };
      facts = { ...facts, ...readOrientation(head.subarray(start, end)) };
    }
    at = end + (end % 2);
  }
  return { facts: frames > 1 ? { ...facts, frames } : facts };
}
