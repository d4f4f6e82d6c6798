import { crc32, deflateSync } from 'node:zlib';
import type { ColorMode } from '../../core/image/imageFacts.ts';

export type MadeFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp';

export interface MadeImageOptions {
  /** PNG takes any but CMYK; JPEG takes grey, RGB and CMYK; WEBP takes RGB and RGBA. Default: RGB. */
  readonly colorMode?: ColorMode;
  /** Of PNG: 8 or 16. Default: 8. */
  readonly bitsPerSample?: 8 | 16;
  /** EXIF orientation, of PNG, JPEG and WEBP. */
  readonly orientation?: number;
  /** Two frames, of PNG and WEBP. */
  readonly isAnimated?: boolean;
  /** Grows the file to this length: by a private chunk of zeros in a PNG file, by zeros after the end of others. */
  readonly byteLength?: number;
}

/**
 * A valid file that decoders open: one flat colour, the same bytes for the same arguments, made without a
 * codec. Coding tables of a single symbol make each pixel cost no bits, or zeros, in JPEG and WEBP.
 */
export function makeImage(
  format: MadeFormat,
  width: number,
  height: number,
  options: MadeImageOptions = {},
): Uint8Array {
  const bytes = makers[format](width, height, options);
  if (options.byteLength === undefined || options.byteLength === bytes.length) return bytes;
  if (options.byteLength < bytes.length) throw new Error(`${format} needs ${bytes.length} bytes`);
  return join(bytes, new Uint8Array(options.byteLength - bytes.length));
}

/** `data:image/png;base64,…` */
export function dataUri(format: string, bytes: Uint8Array): string {
  return `data:image/${format};base64,${Buffer.from(bytes).toString('base64')}`;
}

type Maker = (width: number, height: number, options: MadeImageOptions) => Uint8Array;

const makers: Readonly<Record<MadeFormat, Maker>> = {
  png: makePng,
  jpeg: makeJpeg,
  webp: makeWebp,
  gif: makeGif,
  bmp: makeBmp,
};

function makePng(width: number, height: number, options: MadeImageOptions): Uint8Array {
  const { colorMode = 'rgb', bitsPerSample = 8, orientation, isAnimated, byteLength } = options;
  const layouts: Partial<Record<ColorMode, readonly [type: number, channels: number]>> = {
    grey: [0, 1],
    rgb: [2, 3],
    palette: [3, 1],
    'grey-alpha': [4, 2],
    rgba: [6, 4],
  };
  const [colorType, channels] = layouts[colorMode] ?? unsupported('png', colorMode);
  // Each row starts with the number of its filter, 0 for none.
  const row = 1 + (width * channels * bitsPerSample) / 8;
  const pixels = deflateSync(Buffer.alloc(height * row));
  const frame = (sequence: number): Uint8Array =>
    pngChunk('fcTL', u32BE(sequence, width, height, 0, 0), u16BE(1, 10), [0, 0]);

  const start = join(
    latin1('\x89PNG\r\n\x1a\n'),
    pngChunk('IHDR', u32BE(width, height), [bitsPerSample, colorType, 0, 0, 0]),
    colorMode === 'palette' ? pngChunk('PLTE', [10, 20, 30]) : [],
    orientation === undefined ? [] : pngChunk('eXIf', exif(orientation)),
    isAnimated ? join(pngChunk('acTL', u32BE(2, 0)), frame(0)) : [],
    pngChunk('IDAT', pixels),
    isAnimated ? join(frame(1), pngChunk('fdAT', u32BE(2), pixels)) : [],
  );
  const end = pngChunk('IEND');
  const room = (byteLength ?? 0) - start.length - end.length - pngChunk('fiLl').length;
  return join(start, room >= 0 ? pngChunk('fiLl', new Uint8Array(room)) : [], end);
}

function pngChunk(type: string, ...data: ArrayLike<number>[]): Uint8Array {
  const body = join(latin1(type), ...data);
  return join(u32BE(body.length - 4), body, u32BE(crc32(body)));
}

/** Mid grey: every coefficient is 0, so each block is one code for "no difference" and one for "end of block". */
function makeJpeg(width: number, height: number, options: MadeImageOptions): Uint8Array {
  const { colorMode = 'rgb', orientation } = options;
  const channels: Partial<Record<ColorMode, number>> = { grey: 1, rgb: 3, cmyk: 4 };
  const count = channels[colorMode] ?? unsupported('jpeg', colorMode);
  const components = Array.from({ length: count }, (_, index) => index + 1);
  const oneCode = [1, ...new Uint8Array(15), 0];

  const bits = Math.ceil(width / 8) * Math.ceil(height / 8) * count * 2;
  const scan = new Uint8Array(Math.ceil(bits / 8));
  // The unused bits of the last byte are ones.
  scan[scan.length - 1] = 0xff >> (((bits - 1) % 8) + 1);

  return join(
    [0xff, 0xd8],
    orientation === undefined ? [] : segment(0xe1, latin1('Exif\0\0'), exif(orientation)),
    colorMode === 'cmyk' ? segment(0xee, latin1('Adobe'), [0, 100, 0, 0, 0, 0, 0]) : [],
    segment(0xdb, [0], new Uint8Array(64).fill(1)),
    segment(0xc0, [8], u16BE(height, width), [count], ...components.map((id) => [id, 0x11, 0])),
    segment(0xc4, [0x00], oneCode, [0x10], oneCode),
    segment(0xda, [count], ...components.map((id) => [id, 0]), [0, 63, 0]),
    scan,
    [0xff, 0xd9],
  );
}

function segment(marker: number, ...data: ArrayLike<number>[]): Uint8Array {
  const body = join(...data);
  return join([0xff, marker], u16BE(body.length + 2), body);
}

function makeWebp(width: number, height: number, options: MadeImageOptions): Uint8Array {
  const { colorMode = 'rgb', orientation, isAnimated = false } = options;
  if (colorMode !== 'rgb' && colorMode !== 'rgba') unsupported('webp', colorMode);
  const hasAlpha = colorMode === 'rgba';
  const image = riffChunk('VP8L', losslessPixels(width, height, hasAlpha));
  if (orientation === undefined && !isAnimated) return riff(image);

  const hasExif = orientation !== undefined;
  const flags = (hasAlpha ? 0x10 : 0) + (hasExif ? 0x08 : 0) + (isAnimated ? 0x02 : 0);
  const size = [...u24LE(width - 1), ...u24LE(height - 1)];
  const frame = riffChunk('ANMF', new Uint8Array(6), size, u24LE(100), [0], image);
  return riff(
    riffChunk('VP8X', [flags, 0, 0, 0], size),
    isAnimated ? join(riffChunk('ANIM', new Uint8Array(6)), frame, frame) : image,
    hasExif ? riffChunk('EXIF', exif(orientation)) : [],
  );
}

function riff(...chunks: ArrayLike<number>[]): Uint8Array {
  return riffChunk('RIFF', latin1('WEBP'), ...chunks);
}

function riffChunk(type: string, ...data: ArrayLike<number>[]): Uint8Array {
  const body = join(...data);
  return join(latin1(type), u32LE(body.length), body, body.length % 2 === 1 ? [0] : []);
}

/** A signature, then fields packed from the lowest bit: size, no transforms, and five codes of one symbol each. */
function losslessPixels(width: number, height: number, hasAlpha: boolean): Uint8Array {
  const oneSymbol = (symbol: number): Field[] => [
    [0b101, 3],
    [symbol, 8],
  ];
  return join(
    [0x2f],
    pack([
      [width - 1, 14],
      [height - 1, 14],
      [hasAlpha ? 1 : 0, 1],
      [0, 3 + 3],
      ...[20, 10, 30, hasAlpha ? 128 : 255].flatMap(oneSymbol),
      [0b0001, 4],
    ]),
  );
}

type Field = readonly [value: number, bitLength: number];

/** Each field in the bits above the one before; the last byte is filled with zeros. */
function pack(fields: readonly Field[]): Uint8Array {
  const bytes: number[] = [];
  let position = 0;
  for (const [value, bitLength] of fields) {
    for (let bit = 0; bit < bitLength; bit += 1, position += 1) {
      const index = position >> 3;
      bytes[index] = (bytes[index] ?? 0) | (((value >> bit) & 1) << (position & 7));
    }
  }
  return Uint8Array.from(bytes);
}

/** One index a byte: with 7-bit indices codes have 8 bits, as long as the table is cleared before it grows to 256. */
function makeGif(width: number, height: number): Uint8Array {
  const pixels = width * height;
  const clear = 0x80;
  const end = 0x81;
  const codes = new Uint8Array(pixels + Math.ceil(pixels / 100) + 1);
  for (let at = 0; at < codes.length; at += 101) codes[at] = clear;
  codes[codes.length - 1] = end;

  const blocks: ArrayLike<number>[] = [];
  for (let at = 0; at < codes.length; at += 255) {
    const block = codes.subarray(at, at + 255);
    blocks.push([block.length], block);
  }
  return join(
    latin1('GIF89a'),
    u16LE(width, height),
    [0xf6, 0, 0],
    new Uint8Array(3 * 128).fill(0x40),
    [0x2c],
    u16LE(0, 0, width, height),
    [0, 7],
    ...blocks,
    [0, 0x3b],
  );
}

function makeBmp(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(Math.ceil((width * 3) / 4) * 4 * height).fill(0x40);
  const headers = 14 + 40;
  return join(
    latin1('BM'),
    u32LE(headers + pixels.length, 0, headers),
    u32LE(40, width, height),
    u16LE(1, 24),
    u32LE(0, pixels.length, 2835, 2835, 0, 0),
    pixels,
  );
}

/** A TIFF directory with one entry: tag 0x0112, type SHORT, one value. */
function exif(orientation: number): Uint8Array {
  const entry = join(u16LE(0x0112, 3), u32LE(1), u16LE(orientation, 0));
  return join(latin1('II*\0'), u32LE(8), u16LE(1), entry, u32LE(0));
}

function unsupported(format: MadeFormat, colorMode: ColorMode): never {
  throw new Error(`makeImage cannot make a ${colorMode} ${format}`);
}

function join(...parts: ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function u16BE(...values: number[]): number[] {
  return values.flatMap((value) => [value >>> 8, value & 0xff]);
}

function u32BE(...values: number[]): number[] {
  return values.flatMap((value) => u16BE(value >>> 16, value & 0xffff));
}

function u16LE(...values: number[]): number[] {
  return values.flatMap((value) => [value & 0xff, value >>> 8]);
}

function u24LE(value: number): number[] {
  return [...u16LE(value & 0xffff), value >>> 16];
}

function u32LE(...values: number[]): number[] {
  return values.flatMap((value) => u16LE(value & 0xffff, value >>> 16));
}
