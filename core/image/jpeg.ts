import { uint16BE, uint8 } from './bytes.ts';
import { isExif, readOrientation } from './exif.ts';
import { dimensions, type Header, type HeaderFacts, type HeaderReader } from './header.ts';
import type { ColorMode } from './imageFacts.ts';

/** JPEG, ITU-T T.81: markers in table B.1, the frame header in section B.2.2. */
export const jpeg: HeaderReader = {
  format: 'jpeg',
  matches: (head) => head[0] === 0xff && head[1] === soi && head[2] === 0xff,
  read,
};

const soi = 0xd8;
const eoi = 0xd9;
const sos = 0xda;
const app1 = 0xe1;

/** By number of components. Decoders give RGB for three, whether they are stored as YCbCr or as RGB. */
const colorModes: Readonly<Record<number, ColorMode>> = { 1: 'grey', 3: 'rgb', 4: 'cmyk' };

/**
 * Walks over the segments to the first frame header. A segment is a marker code and a payload that
 * starts with its own length. Metadata may come before the frame: a colour profile of 962 KB was seen.
 */
function read(head: Uint8Array): Header {
  let facts: HeaderFacts = { isAnimated: false };
  let at = 2;
  for (;;) {
    const payload = findMarkerCode(head, at) + 1;
    const marker = uint8(head, payload - 1);
    if (marker === sos || marker === eoi) return header(facts, payload);
    if (standsAlone(marker)) {
      at = payload;
      continue;
    }
    const length = uint16BE(head, payload);
    if (Number.isNaN(length)) return header(facts, payload, payload + 8);
    if (length < 2) return header(facts, payload);
    at = payload + length;
    if (at > head.length) return header(facts, payload, at);
    const content = head.subarray(payload + 2, at);
    if (isFrame(marker)) return header({ ...facts, ...readFrame(content) }, at);
    if (marker === app1 && isExif(content)) facts = { ...facts, ...readOrientation(content) };
  }
}

/** The image data has no FF D9 before its end, other than inside the segments before `from`. */
function header(facts: HeaderFacts, from: number, need?: number): Header {
  const end = { kind: 'mark', mark: Uint8Array.of(0xff, eoi), from } as const;
  return need === undefined ? { facts, end } : { facts, end, need };
}

/** Skips stray bytes, which decoders tolerate, up to FF; any number of FF may come before the code itself. */
function findMarkerCode(head: Uint8Array, from: number): number {
  let at = from;
  while (at < head.length && head[at] !== 0xff) at += 1;
  while (head[at] === 0xff) at += 1;
  return at;
}

/** Markers without a payload: RST0 to RST7, SOI and TEM. Zero is no marker, but a stuffed FF among stray bytes. */
function standsAlone(marker: number): boolean {
  return (marker >= 0xd0 && marker <= soi) || marker === 0x01 || marker === 0x00;
}

/** SOF0 to SOF15. The codes C4, C8 and CC in between stand for tables and a reserved extension. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** A height of 0 is legal (a later DNL segment gives it), but decoders refuse it: size not known. */
function readFrame(content: Uint8Array): HeaderFacts {
  const bitsPerSample = uint8(content, 0);
  const colorMode = colorModes[uint8(content, 5)];
  return {
    ...dimensions(uint16BE(content, 3), uint16BE(content, 1)),
    ...(bitsPerSample > 0 && { bitsPerSample }),
    ...(colorMode && { colorMode }),
  };
}
