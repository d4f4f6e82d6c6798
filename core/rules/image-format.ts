import { describePixels, formatName } from '../image/describeImage.ts';
import { acceptedFormats, type ImageFacts } from '../image/imageFacts.ts';
import { placeOf } from '../record/example.ts';
import type { ImageRule } from './rule.ts';

export const imageFormat: ImageRule = {
  id: 'image-format',
  summary: 'An image is a JPEG, PNG or WEBP by its content.',
  severity: 'error',
  skipsExample: true,
  scope: 'image',
  supersedes: ['image-media-type', 'image-low-resolution', 'image-detail-cost'],
  *check({ image, facts }) {
    const found = facts && describe(facts);
    if (!found) return;
    yield {
      span: placeOf(image.url),
      message: `Image ${found}; the service takes JPEG, PNG or WEBP and skips this example.`,
    };
  },
};

/** `is a 640×480 GIF`, `is HTML`, `is in no known format`; undefined for an image that the service takes. */
function describe({ format, byteLength, width, height }: ImageFacts): string | undefined {
  if (acceptedFormats.some((accepted) => accepted === format)) return undefined;
  if (byteLength === 0) return 'has no bytes';
  if (!format) return 'is in no known format';
  const name = formatName(format);
  if (!width || !height) return `is ${name}`;
  return `is ${articleBefore(width)} ${describePixels(width, height)} ${name}`;
}

/** `an` before eight, eleven and eighteen, alone or as thousands, and before whatever begins with eighty. */
function articleBefore(count: number): string {
  return /^(?:8|1[18](?:\d{3})?$)/.test(String(count)) ? 'an' : 'a';
}
