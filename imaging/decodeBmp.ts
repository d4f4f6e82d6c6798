import { uint16LE, uint32LE, uint8 } from '../core/image/bytes.ts';
import { ImagingError } from './imagingError.ts';

/** Rows from the top, samples of 8 bits, without gaps. */
export interface DecodedImage {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

/** Where the pixels are and how they are stored. */
interface Layout {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  /** Of a pixel: 1, 4 or 8 for an index into the palette, or 16, 24, 32. */
  readonly bits: number;
  readonly palette: Uint8Array;
  /** Bytes of an entry of the palette: blue, green, red, and one without meaning where there are 4. */
  readonly entryLength: number;
  /** Of 16 or 32 bits: which of them are red, green, blue and, where it is not 0, alpha. */
  readonly masks: readonly number[];
  readonly pixelStart: number;
}

const fileHeader = 14;
const coreHeader = 12;
const infoHeader = 40;

/** Values of `biCompression`. */
const plain = 0;
const bitFields = 3;
const alphaBitFields = 6;

/**
 * Decodes a Windows or OS/2 bitmap (Windows GDI reference: BITMAPCOREHEADER, BITMAPINFOHEADER, V4 and V5), which sharp
 * does not. What it takes is bounded by the length of the file. Throws an `ImagingError` for what is compressed or damaged.
 */
export function decodeBmp(bytes: Uint8Array): DecodedImage {
  const layout = readLayout(bytes);
  const { width, height, bits, masks, pixelStart } = layout;
  const rowLength = Math.ceil((width * bits) / 32) * 4;
  if (pixelStart + rowLength * height > bytes.length) {
    throw new ImagingError('it cannot be decoded: the bitmap ends early');
  }
  const channels = (masks[3] ?? 0) === 0 ? 3 : 4;
  const pixels = new Uint8Array(width * height * channels);
  const writeRow = rowWriter(layout);
  for (let y = 0; y < height; y++) {
    const stored = layout.isTopDown ? y : height - 1 - y;
    const start = pixelStart + stored * rowLength;
    const row = pixels.subarray(y * width * channels, (y + 1) * width * channels);
    writeRow(bytes.subarray(start, start + rowLength), row);
  }
  return { pixels, width, height, channels };
}

function readLayout(bytes: Uint8Array): Layout {
  const headerLength = uint32LE(bytes, fileHeader);
  const isCore = headerLength === coreHeader;
  const at = fileHeader + 4;
  const width = isCore ? uint16LE(bytes, at) : uint32LE(bytes, at) | 0;
  const signedHeight = isCore ? uint16LE(bytes, at + 2) : uint32LE(bytes, at + 4) | 0;
  const bits = uint16LE(bytes, isCore ? at + 6 : at + 10);
  const compression = isCore ? plain : uint32LE(bytes, at + 12);
  refuseUnusual(headerLength, width, signedHeight, bits, compression);

  const { masks, masksLength } = readMasks(bytes, headerLength, bits, compression);
  const paletteStart = fileHeader + headerLength + masksLength;
  const pixelStart = uint32LE(bytes, 10);
  const entryLength = isCore ? 3 : 4;
  const paletteEnd = bits <= 8 ? Math.min(pixelStart, paletteStart + 2 ** bits * entryLength) : 0;
  return {
    width,
    height: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bits,
    palette: bytes.subarray(paletteStart, Math.max(paletteStart, paletteEnd)),
    entryLength,
    masks,
    pixelStart,
  };
}

/** Every comparison is such that a number past the end of the bytes, NaN, fails it. */
function refuseUnusual(
  headerLength: number,
  width: number,
  height: number,
  bits: number,
  compression: number,
): void {
  const isKnown = headerLength === coreHeader || headerLength >= infoHeader;
  if (!isKnown || !(width > 0) || height === 0) {
    throw new ImagingError('it cannot be decoded: the header of the bitmap is damaged');
  }
  if (![plain, bitFields, alphaBitFields].includes(compression)) {
    throw new ImagingError('compressed bitmaps are not decoded here; save it as PNG');
  }
  const isMasked = compression !== plain;
  if (!(isMasked ? [16, 32] : [1, 4, 8, 16, 24, 32]).includes(bits)) {
    throw new ImagingError(`it cannot be decoded: a bitmap of ${bits} bits a pixel`);
  }
}

/** Red, green, blue and alpha. Without masks of its own a pixel of 16 bits has 5 for each, one of 32 bits 8. */
function readMasks(
  bytes: Uint8Array,
  headerLength: number,
  bits: number,
  compression: number,
): { readonly masks: readonly number[]; readonly masksLength: number } {
  if (compression === plain) {
    return {
      masks: bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff],
      masksLength: 0,
    };
  }
  // In the place that longer headers keep for them, which is the one right behind the shortest.
  const start = fileHeader + infoHeader;
  const hasAlpha = compression === alphaBitFields || headerLength >= infoHeader + 16;
  const count = hasAlpha ? 4 : 3;
  const masks = Array.from({ length: count }, (_, index) => uint32LE(bytes, start + 4 * index));
  if (masks.some(Number.isNaN))
    throw new ImagingError('it cannot be decoded: the bitmap ends early');
  return { masks, masksLength: headerLength === infoHeader ? 4 * count : 0 };
}

type RowWriter = (stored: Uint8Array, row: Uint8Array) => void;

function rowWriter(layout: Layout): RowWriter {
  const { bits } = layout;
  if (bits <= 8) return indexedRows(layout);
  return bits === 24 ? writeTrueColors : maskedRows(layout);
}

/** The first pixel is in the highest bits of a byte. An index past the palette is black. */
function indexedRows({ bits, palette, entryLength }: Layout): RowWriter {
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  return (stored, row) => {
    for (let x = 0; x * 3 < row.length; x++) {
      const shift = 8 - bits * ((x % perByte) + 1);
      const entry = ((uint8(stored, Math.floor(x / perByte)) >> shift) & mask) * entryLength;
      for (let sample = 0; sample < 3; sample++)
        row[3 * x + sample] = palette[entry + 2 - sample] ?? 0;
    }
  };
}

/** Blue, green, red. */
function writeTrueColors(stored: Uint8Array, row: Uint8Array): void {
  for (let at = 0; at < row.length; at += 3) {
    row[at] = uint8(stored, at + 2);
    row[at + 1] = uint8(stored, at + 1);
    row[at + 2] = uint8(stored, at);
  }
}

function maskedRows({ bits, masks }: Layout): RowWriter {
  const used = (masks[3] ?? 0) === 0 ? masks.slice(0, 3) : masks;
  const samples = used.map(sampleReader);
  const read = bits === 16 ? uint16LE : uint32LE;
  const stride = bits / 8;
  return (stored, row) => {
    for (let at = 0, x = 0; at < row.length; at += samples.length, x++) {
      const pixel = read(stored, x * stride);
      for (const [index, sample] of samples.entries()) row[at + index] = sample(pixel);
    }
  };
}

/** Scales the bits of a mask to 0 to 255. */
function sampleReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / most);
}
