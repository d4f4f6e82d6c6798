import { crc32 } from 'node:zlib';
import { hasText, latin1, uint32BE, uint8 } from './bytes.ts';
import { readOrientation } from './exif.ts';
import {
  describeSize,
  dimensions,
  type Header,
  type HeaderFacts,
  type HeaderReader,
} from './header.ts';
import type { ColorMode } from './imageFacts.ts';

/** PNG, third edition (W3C, 2025): the image header in section 11.2.1, animation in 11.3.6. */
export const png: HeaderReader = {
  format: 'png',
  matches: (head) => hasText(head, 0, '\x89PNG\r\n\x1a\n'),
  read,
};

/** By colour type. Transparency in a tRNS chunk adds no channel to what is stored. */
const colorTypes: Readonly<Record<number, { mode: ColorMode; depths: readonly number[] }>> = {
  0: { mode: 'grey', depths: [1, 2, 4, 8, 16] },
  2: { mode: 'rgb', depths: [8, 16] },
  3: { mode: 'palette', depths: [1, 2, 4, 8] },
  4: { mode: 'grey-alpha', depths: [8, 16] },
  6: { mode: 'rgba', depths: [8, 16] },
};

/** A chunk is 4 bytes of length, 4 of type, its data, and 4 of check sum. */
const chunkOverhead = 12;
const imageHeaderLength = 13;
const imageHeaderStart = 8;
const imageHeaderEnd = imageHeaderStart + chunkOverhead + imageHeaderLength;

/** Of the data of a chunk, in bytes; section 5.3. */
const maxChunkLength = 0x7fffffff;

/** The last chunk in full: no data, its type, its check sum. */
const imageEnd = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/** Size and colours stand in the first 26 bytes; animation and orientation in chunks before the image data. */
function read(head: Uint8Array): Header {
  if (head.length < imageHeaderEnd) return header({}, imageHeaderEnd);
  const isHeader = hasText(head, 12, 'IHDR') && uint32BE(head, 8) === imageHeaderLength;
  if (!isHeader) return header({ problem: 'its first chunk is no IHDR chunk of 13 bytes' });
  const facts = readImageHeader(head);
  return facts.problem === undefined ? readChunks(head, facts) : header(facts);
}

/** The chunks between the image header and the image data. */
function readChunks(head: Uint8Array, imageHeader: HeaderFacts): Header {
  let facts = imageHeader;
  let hasPalette = false;
  for (let at = imageHeaderEnd; ;) {
    if (at + chunkOverhead > head.length) return header(facts, at + chunkOverhead);
    const type = latin1(head, at + 4, 4);
    const end = at + chunkOverhead + uint32BE(head, at);
    const problem = problemAt(head, at, facts.colorMode === 'palette' && !hasPalette);
    if (problem !== undefined) return header({ ...facts, problem });
    if (type === 'IDAT') return header({ isAnimated: false, ...facts });
    const readData = readers[type];
    if (readData) {
      if (end > head.length) return header(facts, end);
      facts = { ...facts, ...readData(head.subarray(at + 8, end - 4)) };
    }
    hasPalette ||= type === 'PLTE';
    at = end;
  }
}

const readers: Readonly<Record<string, (data: Uint8Array) => HeaderFacts>> = {
  acTL: readAnimation,
  eXIf: readOrientation,
};

/** What is wrong with the place of the chunk at `at`; decoders skip what is wrong in the data of most. */
function problemAt(head: Uint8Array, at: number, needsPalette: boolean): string | undefined {
  const type = latin1(head, at + 4, 4);
  if (!/^[a-z]{4}$/i.test(type) || uint32BE(head, at) > maxChunkLength)
    return `there is no chunk at byte ${at}, where one must begin`;
  if (type === 'IEND') return 'it has no image data';
  return type === 'IDAT' && needsPalette ? 'its palette is missing' : undefined;
}

function header(facts: HeaderFacts, need?: number): Header {
  const end = { kind: 'mark', mark: imageEnd, from: imageHeaderEnd } as const;
  return need === undefined ? { facts, end } : { facts, end, need };
}

function readImageHeader(head: Uint8Array): HeaderFacts {
  const [width, height] = [uint32BE(head, 16), uint32BE(head, 20)];
  const [bitsPerSample, type] = [uint8(head, 24), uint8(head, 25)];
  const size = dimensions(width, height);
  const known = colorTypes[type];
  const problem = !isImageHeaderIntact(head)
    ? 'the check sum of its IHDR chunk is wrong'
    : size.width === undefined
      ? describeSize(width, height)
      : !known?.depths.includes(bitsPerSample)
        ? `its header gives colour type ${type} with ${bitsPerSample} bits, which PNG does not have`
        : describeCoding(head);
  return {
    ...size,
    ...([1, 2, 4, 8, 16].includes(bitsPerSample) && { bitsPerSample }),
    ...(known && { colorMode: known.mode }),
    ...(problem !== undefined && { problem }),
  };
}

/** Methods of compression, filtering and interlacing. */
function describeCoding(head: Uint8Array): string | undefined {
  const [compression, filter, interlace] = head.subarray(26, 29);
  const isKnown = compression === 0 && filter === 0 && (interlace === 0 || interlace === 1);
  return isKnown ? undefined : 'its header names a way of coding that PNG does not have';
}

/** By the check sum over type and data. */
function isImageHeaderIntact(head: Uint8Array): boolean {
  const end = imageHeaderEnd - 4;
  return crc32(head.subarray(imageHeaderStart + 4, end)) === uint32BE(head, end);
}

/** An animation control chunk starts with the number of frames; one frame is a still image. */
function readAnimation(data: Uint8Array): HeaderFacts {
  const frames = uint32BE(data, 0);
  return frames > 1 ? { isAnimated: true, frames } : { isAnimated: false };
}
