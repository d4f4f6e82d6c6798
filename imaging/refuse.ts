import { describePixels, formatName } from '../core/image/describeImage.ts';
import { acceptedFormatOf, type ImageFacts } from '../core/image/imageFacts.ts';
import { formatCount } from '../core/text/formatCount.ts';

/** What is decoded besides what the services take. Drawings with scripts and links in them are not among them. */
const otherDecoded = ['gif', 'bmp', 'tiff', 'avif'];

/** Why a picture is not even tried, by its header, in words that end a sentence; undefined for one that may be decoded. */
export function refuse(facts: ImageFacts, maxPixels: number): string | undefined {
  const { format, byteLength, width = 0, height = 0 } = facts;
  if (byteLength === 0) return 'it has no bytes';
  if (format === undefined) return 'it is in no known format';
  if (!acceptedFormatOf(facts) && !otherDecoded.includes(format)) {
    return `${formatName(format)} is not decoded here`;
  }
  if (width * height <= maxPixels) return undefined;
  const limit = formatCount(Math.floor(maxPixels / 1e6));
  return `${describePixels(width, height)} pixels are more than the ${limit} million that are decoded`;
}
