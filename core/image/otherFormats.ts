import { imageSize } from 'image-size';
import { hasText, latin1 } from './bytes.ts';
import type { ByteSource } from './byteSource.ts';
import { dimensions, type HeaderFacts } from './header.ts';
import type { ImageFormat } from './imageFacts.ts';

/**
 * Enough to measure nearly all of these formats, and little enough for image-size's loops and regular
 * expressions, which hostile bytes slow down: under 5 ms for the worst that were tried.
 */
const headLength = 0x4000;

/** image-size's names for variants of one format. */
const names: Readonly<Record<string, ImageFormat>> = {
  bigtiff: 'tiff',
  heix: 'heic',
  hevc: 'heic',
  hevx: 'heic',
  mif1: 'heif',
  msf1: 'heif',
  'jxl-stream': 'jxl',
};

/** Names, and measures where it can, an image in a format that the services do not take. */
export function identifyOther(
  source: ByteSource,
): { readonly format: ImageFormat | undefined } & HeaderFacts {
  const head = source.head(headLength);
  const text = latin1(head, 0, 1000)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(!doctype html|html)\b/.test(text)) return { format: 'html' };
  return measure(head) ?? { format: recognise(head, text) };
}

/**
 * image-size reads past a view into a larger buffer, so it gets bytes of their own; it throws errors of
 * several kinds; and it takes what begins like a JPEG, PNG or WEBP, or with zeros (TGA), for one.
 */
function measure(head: Uint8Array): ({ readonly format: ImageFormat } & HeaderFacts) | undefined {
  try {
    const { type = '', width, height } = imageSize(new Uint8Array(head));
    const size = dimensions(width, height);
    if (['', 'jpg', 'png', 'webp'].includes(type) || size.width === undefined) return undefined;
    return { format: names[type] ?? type, ...size };
  } catch {
    return undefined;
  }
}

/** Names what image-size cannot measure: cut files, directories beyond the head, drawings without a size. */
function recognise(head: Uint8Array, text: string): ImageFormat | undefined {
  if (/<svg\b/.test(text)) return 'svg';
  // What storage services answer in place of an image; or a drawing after a long comment.
  if (text.startsWith('<?xml')) return /<svg\b/i.test(latin1(head, 0, headLength)) ? 'svg' : 'xml';
  return signatures.find(([, at, signature]) => hasText(head, at, signature))?.[0];
}

const signatures: readonly (readonly [format: ImageFormat, at: number, signature: string])[] = [
  ['gif', 0, 'GIF8'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['tiff', 0, 'MM\0+'],
  ['psd', 0, '8BPS'],
  ['avif', 4, 'ftypavif'],
  ['avif', 4, 'ftypavis'],
  ['heic', 4, 'ftyphe'],
  ['heif', 4, 'ftypmif1'],
  ['jxl', 4, 'JXL \r\n'],
  ['jp2', 4, 'jP  \r\n'],
  ['pdf', 0, '%PDF-'],
  ['eps', 0, '%!PS-Adobe'],
  // With a preview beside it: Adobe Technical Note 5002, section 5.2.
  ['eps', 0, '\xc5\xd0\xd3\xc6'],
  // Documents of offices are ZIP archives too.
  ['zip', 0, 'PK\x03\x04'],
];
