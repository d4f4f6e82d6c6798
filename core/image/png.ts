import { hasText, latin1, uint32BE, uint8 } from './bytes.ts';
import { readOrientation } from './exif.ts';
import { dimensions, type Header, type HeaderFacts, type HeaderReader } from './header.ts';
import type { ColorMode } from './imageFacts.ts';

/** PNG, third edition (W3C, 2025): the image header in section 11.2.1, animation in 11.3.6. */
export const png: HeaderReader = {
  format: 'png',
  matches: (head) => hasText(head, 0, '\x89PNG\r\n\x1a\n'),
  read,
};

/** By colour type. Transparency in a tRNS chunk adds no channel to what is stored. */
const colorModes: Readonly<Record<number, ColorMode>> = {
  0: 'grey',
  2: 'rgb',
  3: 'palette',
  4: 'grey-alpha',
  6: 'rgba',
};

/** A chunk is 4 bytes of length, 4 of type, its data, and 4 of check sum. */
const chunkOverhead = 12;
const imageHeaderEnd = 8 + chunkOverhead + 13;

/** The last chunk in full: no data, its type, its check sum. */
const imageEnd = Uint8Array.of(0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82);

/** Size and colours stand in the first 26 bytes; animation and orientation in chunks before the image data. */
function read(head: Uint8Array): Header {
  if (head.length < imageHeaderEnd) return header({}, imageHeaderEnd);
  if (!hasText(head, 12, 'IHDR')) return header({});

  let facts = readImageHeader(head);
  let at = imageHeaderEnd;
  for (;;) {
    if (at + chunkOverhead > head.length) return header(facts, at + chunkOverhead);
    const type = latin1(head, at + 4, 4);
    const end = at + chunkOverhead + uint32BE(head, at);
    if (type === 'IDAT' || type === 'IEND') return header({ isAnimated: false, ...facts });
    if (type === 'acTL' || type === 'eXIf') {
      if (end > head.length) return header(facts, end);
      const data = head.subarray(at + 8, end - 4);
      facts = { ...facts, ...(type === 'acTL' ? readAnimation(data) : readOrientation(data)) };
    }
    at = end;
  }
}

function header(facts: HeaderFacts, need?: number): Header {
  const end = { kind: 'mark', mark: imageEnd, from: imageHeaderEnd } as const;
  return need === undefined ? { facts, end } : { facts, end, need };
}

function readImageHeader(head: Uint8Array): HeaderFacts {
  const bitsPerSample = uint8(head, 24);
  const colorMode = colorModes[uint8(head, 25)];
  return {
    ...dimensions(uint32BE(head, 16), uint32BE(head, 20)),
    ...([1, 2, 4, 8, 16].includes(bitsPerSample) && { bitsPerSample }),
    ...(colorMode && { colorMode }),
  };
}

/** An animation control chunk starts with the number of frames; one frame is a still image. */
function readAnimation(data: Uint8Array): HeaderFacts {
  return { isAnimated: uint32BE(data, 0) > 1 };
}
