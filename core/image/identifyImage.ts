import { asBuffer } from '../text/asBuffer.ts';
import type { ByteSource } from './byteSource.ts';
import type { End, Header, HeaderReader } from './header.ts';
import type { ImageFacts } from './imageFacts.ts';
import { jpeg } from './jpeg.ts';
import { identifyOther } from './otherFormats.ts';
import { png } from './png.ts';
import { webp } from './webp.ts';

/** The formats that the services take. Their signatures exclude each other. */
const readers: readonly HeaderReader[] = [jpeg, png, webp];

/** First tries, in bytes. Of 3,468 images the first head suffices for more than half. */
const firstHead = 0x1000;
const firstTail = 0x1000;

/**
 * The most that is read of a head, in bytes: as much as any service takes of an image. Of 3,468 images the largest need was
 * 962 KB, of a colour profile for CMYK; telephones put depth maps of megabytes before the frame header.
 */
const mostHead = 0x1000000;

/**
 * Says what an image is by its content. Reads no more than it must of either end, of the head at most `maxHead` bytes, and
 * never throws.
 */
export function identifyImage(source: ByteSource, maxHead = mostHead): ImageFacts {
  const { byteLength } = source;
  const head = source.head(firstHead);
  const reader = readers.find((candidate) => candidate.matches(head));
  if (!reader) return { byteLength, ...identifyOther(source) };

  const header = readHeader(reader, source, head, maxHead);
  const isTruncated = (header.need ?? 0) > byteLength || !hasEnd(header.end, source);
  return { format: reader.format, byteLength, ...header.facts, isTruncated };
}

/**
 * Each new head is at least four times as long, so that all of them together cost little more than the
 * last, and reaches some way past what is needed, which is mostly the start of the next segment.
 */
function readHeader(
  reader: HeaderReader,
  source: ByteSource,
  firstBytes: Uint8Array,
  maxHead: number,
): Header {
  const available = Math.min(source.byteLength, maxHead);
  let header = reader.read(firstBytes);
  let length = firstHead;
  while (header.need !== undefined && header.need <= available && length < available) {
    length = Math.min(Math.max(header.need + firstHead, 4 * length), available);
    header = reader.read(source.head(length));
  }
  return header;
}

/**
 * The mark is nearly always in the last bytes. Files with something appended have it further up, and cut
 * files nowhere: for these the tail grows until it reaches up to the header.
 */
function hasEnd(end: End, source: ByteSource): boolean {
  if (end.kind === 'length') return source.byteLength >= end.byteLength;
  const mostTail = source.byteLength - end.from;
  for (let length = firstTail; ; length *= 16) {
    const tail = source.tail(length);
    const found = asBuffer(tail).lastIndexOf(end.mark);
    if (found >= 0 && source.byteLength - tail.length + found >= end.from) return true;
    if (length >= mostTail) return false;
  }
}
