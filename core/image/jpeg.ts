import { uint16BE, uint8 } from './bytes.ts';
import { isExif, readOrientation } from './exif.ts';
import {
  describeSize,
  dimensions,
  type Header,
  type HeaderFacts,
  type HeaderReader,
} from './header.ts';
import type { ColorMode, UnusualCoding } from './imageFacts.ts';
import { isMultiPicture, readMultiPicture } from './multiPicture.ts';

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
const app2 = 0xe2;

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
    if (marker === sos || marker === eoi) return broken(facts, payload, 'it has no frame header');
    if (standsAlone(marker)) {
      at = payload;
      continue;
    }
    const length = uint16BE(head, payload);
    if (Number.isNaN(length)) return header(facts, payload, payload + 8);
    if (length < 2)
      return broken(facts, payload, `its segment at byte ${payload - 2} has no valid length`);
    at = payload + length;
    if (at > head.length) return header(facts, payload, at);
    const content = head.subarray(payload + 2, at);
    if (isFrame(marker)) return header({ ...facts, ...readFrame(marker, content) }, at);
    facts = { ...facts, ...readMetadata(marker, content) };
  }
}

function readMetadata(marker: number, content: Uint8Array): HeaderFacts {
  if (marker === app1 && isExif(content)) return readOrientation(content);
  return marker === app2 && isMultiPicture(content) ? readMultiPicture(content) : {};
}

function broken(facts: HeaderFacts, from: number, problem: string): Header {
  return header({ ...facts, problem }, from);
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

/**
 * A height of 0 is legal (a later DNL segment gives it), but decoders refuse it. So they do with a frame whose length
 * is not that of its components: 6 bytes, and 3 for each.
 */
function readFrame(marker: number, content: Uint8Array): HeaderFacts {
  const bitsPerSample = uint8(content, 0);
  const [width, height] = [uint16BE(content, 3), uint16BE(content, 1)];
  const components = uint8(content, 5);
  const colorMode = colorModes[components];
  const coding = codingOf(marker);
  const problem = describeFrame(content.length, components, width, height);
  return {
    ...dimensions(width, height),
    ...(bitsPerSample > 0 && { bitsPerSample }),
    ...(colorMode && { colorMode }),
    ...(coding && { coding }),
    ...(problem !== undefined && { problem }),
  };
}

function describeFrame(
  byteLength: number,
  components: number,
  width: number,
  height: number,
): string | undefined {
  if (byteLength !== 6 + 3 * components || components === 0)
    return 'its frame header does not have the length that it must have';
  return width === 0 || height === 0 ? describeSize(width, height) : undefined;
}

/** SOF0 to SOF2 are what every decoder knows; the codes from SOF9 on repeat those before with arithmetic coding. */
function codingOf(marker: number): UnusualCoding | undefined {
  if (marker >= 0xc9) return 'arithmetic';
  if (marker >= 0xc5) return 'hierarchical';
  return marker === 0xc3 ? 'lossless' : undefined;
}
