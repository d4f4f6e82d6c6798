import { hasText, latin1, uint16LE, uint24LE, uint32LE, uint8 } from './bytes.ts';
import { readOrientation } from './exif.ts';
import { dimensions, type Header, type HeaderFacts, type HeaderReader } from './header.ts';

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
/** Where the chunks after an extended header start. */
const extendedEnd = contentStart + 10;

function read(head: Uint8Array): Header {
  const end = { kind: 'length', byteLength: chunkStart + uint32LE(head, 4) } as const;
  const layout = latin1(head, firstChunk, 4);
  const need = contentStart + (layout === 'VP8L' ? 5 : 10);
  if (head.length < need) return { facts: {}, end, need };

  const content = head.subarray(contentStart);
  switch (layout) {
    case 'VP8 ':
      return { facts: readLossy(content), end };
    case 'VP8L':
      return { facts: readLossless(content), end };
    case 'VP8X':
      return { ...readExtended(head, end.byteLength), end };
    default:
      return { facts: {}, end };
  }
}

/** RFC 6386, section 9.1: a key frame has bit 0 clear and a start code; 14 bits each of width and height. */
function readLossy(content: Uint8Array): HeaderFacts {
  if (uint8(content, 0) % 2 !== 0 || !hasText(content, 3, '\x9d\x01\x2a')) return {};
  const size = dimensions(uint16LE(content, 6) & 0x3fff, uint16LE(content, 8) & 0x3fff);
  return { ...size, colorMode: 'rgb', bitsPerSample: 8, isAnimated: false };
}

/** RFC 9649, section 3.4: a signature byte, then from the lowest bit 14 of width - 1, 14 of height - 1, 1 of alpha. */
function readLossless(content: Uint8Array): HeaderFacts {
  const bits = uint32LE(content, 1);
  if (uint8(content, 0) !== 0x2f || Number.isNaN(bits)) return {};
  const size = dimensions((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  const hasAlpha = ((bits >>> 28) & 1) === 1;
  return { ...size, colorMode: hasAlpha ? 'rgba' : 'rgb', bitsPerSample: 8, isAnimated: false };
}

/** RFC 9649, section 2.7: flags, 3 reserved bytes, then 24 bits each of canvas width - 1 and height - 1. */
function readExtended(head: Uint8Array, byteLength: number): Omit<Header, 'end'> {
  const flags = uint8(head, contentStart);
  const facts: HeaderFacts = {
    ...dimensions(uint24LE(head, contentStart + 4) + 1, uint24LE(head, contentStart + 7) + 1),
    colorMode: (flags & 0x10) !== 0 ? 'rgba' : 'rgb',
    bitsPerSample: 8,
    isAnimated: (flags & 0x02) !== 0,
  };
  const hasExif = (flags & 0x08) !== 0;
  return hasExif ? readMetadata(head, byteLength, facts) : { facts };
}

/** Metadata comes after the image data, so the walk there mostly asks for a longer head. */
function readMetadata(
  head: Uint8Array,
  byteLength: number,
  facts: HeaderFacts,
): Omit<Header, 'end'> {
  let at = extendedEnd;
  while (at + chunkStart <= byteLength) {
    if (at + chunkStart > head.length) return { facts, need: at + chunkStart };
    const start = at + chunkStart;
    const end = start + uint32LE(head, at + 4);
    if (hasText(head, at, 'EXIF')) {
      if (end > head.length) return { facts, need: end };
      return { facts: { ...facts, ...readOrientation(head.subarray(start, end)) } };
    }
    at = end + (end % 2);
  }
  return { facts };
}
