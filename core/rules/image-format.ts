import { describePixels, formatName } from '../image/describeImage.ts';
import { acceptedFormats, type ImageFacts } from '../image/imageFacts.ts';
import { placeOf } from '../record/example.ts';
import type { ImageRule } from './rule.ts';

export const imageFormat: ImageRule = {
  id: 'image-format',
  summary: 'An image is a JPEG, PNG or WEBP by its content.',
  severity: 'error',
  scope: 'image',
  supersedes: ['image-detail-cost'],
  *check({ image, facts }) {
    if (!facts || acceptedFormats.some((accepted) => accepted === facts.format)) return;
    yield {
      span: placeOf(image.url),
      message: `Image ${describe(facts)}; the service takes JPEG, PNG or WEBP and skips this example.`,
    };
  },
};

/** `is a 640×480 GIF`, `is HTML`, `is in no known format`. */
function describe({ format, byteLength, width, height }: ImageFacts): string {
  if (byteLength === 0) return 'has no bytes';
  if (!format) return 'is in no known format';
  const name = formatName(format);
  if (width && height) return `is a ${describePixels(width, height)} ${name}`;
  return `is ${name}`;
}
