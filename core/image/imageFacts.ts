/**
 * What the bytes of an image say of themselves, read from its head and tail without decoding it.
 * Absent fields are not known: the bytes end too early, or the format does not tell.
 */
export interface ImageFacts {
  /** By content, never by a file name or a declared media type; undefined when not recognised. */
  readonly format: ImageFormat | undefined;
  /** Size of the whole image in bytes, decoded from base64. */
  readonly byteLength: number;
  /** In pixels, as stored: before any EXIF orientation is applied. */
  readonly width?: number;
  readonly height?: number;
  readonly colorMode?: ColorMode;
  /** Bits of one sample, or of a palette index: 1, 2, 4, 8 or 16; in JPEG 8, rarely 12 or any of 2 to 16. */
  readonly bitsPerSample?: number;
  /** EXIF orientation 2 to 8; absent when upright or unknown. */
  readonly orientation?: number;
  /** More than one frame that is shown in turn: an APNG or an animated WEBP. */
  readonly isAnimated?: boolean;
  /** Pictures in the file, where it has more than one and says how many: of an animation, or of a JPEG with an MPF segment (MPO). */
  readonly frames?: number;
  /** Of a JPEG that is coded in a way which few decoders know; absent for baseline, extended and progressive. */
  readonly coding?: UnusualCoding;
  /** The end of the file is missing: no EOI, IEND, or less than the RIFF size. */
  readonly isTruncated?: boolean;
  /** What decoders refuse it for, seen in its header: `the check sum of its IHDR chunk is wrong`. */
  readonly problem?: string;
}

/** ITU-T T.81, table B.1: the frames SOF3, SOF5 to SOF7, and SOF9 on. */
export type UnusualCoding = 'lossless' | 'hierarchical' | 'arithmetic';

/** The formats that the services take; everything else that can be named is in `otherFormats`. */
export const acceptedFormats = ['jpeg', 'png', 'webp'] as const;

export type AcceptedFormat = (typeof acceptedFormats)[number];

/** `jpeg`, `png`, `webp`, or image-size's name of another format: `gif`, `bmp`, `tiff`, `svg`, `heif` … */
export type ImageFormat = AcceptedFormat | (string & {});

/** The format of an image that the services take; undefined for any other. */
export function acceptedFormatOf(facts: ImageFacts | undefined): AcceptedFormat | undefined {
  return acceptedFormats.find((format) => format === facts?.format);
}

/** `image/jpeg`, `image/svg+xml`. */
export function mediaTypeOf(format: ImageFormat): string {
  return format === 'svg' ? 'image/svg+xml' : `image/${format}`;
}

/** What can be named, and is no image: a page, a document, an archive. */
const foreignFormats: ReadonlySet<string> = new Set(['html', 'xml', 'pdf', 'zip']);

/** The format of bytes that are an image at all; undefined for those of something else and what is not recognised. */
export function imageFormatOf(facts: ImageFacts | undefined): ImageFormat | undefined {
  const format = facts?.format;
  return format === undefined || foreignFormats.has(format) ? undefined : format;
}

/** How colours are stored, in Pillow's sense of "image mode": see docs of `image-color-mode`. */
export type ColorMode = 'grey' | 'grey-alpha' | 'palette' | 'rgb' | 'rgba' | 'cmyk';
