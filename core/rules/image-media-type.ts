import { setMediaType } from '../fixes/dataUriFixes.ts';
import { formatName } from '../image/describeImage.ts';
import { acceptedFormatOf, mediaTypeOf } from '../image/imageFacts.ts';
import { placeInString } from '../record/placeInString.ts';
import { quote } from '../text/quote.ts';
import { span } from '../text/span.ts';
import type { ImageRule } from './rule.ts';

export const imageMediaType: ImageRule = {
  id: 'image-media-type',
  summary: 'A data URI declares the media type that its image has.',
  // Whether the services go by the declaration or by the bytes is not documented.
  severity: 'warning',
  scope: 'image',
  *check({ image, address, dataUri, facts }) {
    const format = acceptedFormatOf(facts);
    if (!dataUri || !format) return;
    const expected = mediaTypeOf(format);
    const { mediaType } = dataUri;
    if (mediaType === expected) return;
    const isAlias = format === 'jpeg' && mediaType === 'image/jpg';
    const start = 'data:'.length;
    const end = start + address.slice(start, dataUri.payloadStart).search(/[;,]/);
    const declared = placeInString(image.url, start, end);
    yield {
      span: mediaType === '' ? placeInString(image.url, 0, start) : declared,
      severity: isAlias ? 'info' : 'warning',
      message: isAlias
        ? 'Media type image/jpg is not registered, though widely understood; expected image/jpeg.'
        : `${describe(mediaType)}, but the image is a ${formatName(format)}; expected ${expected}, else the service may skip this example.`,
      fixes: () => [setMediaType(image.url, span(start, end), expected)],
    };
  },
};

function describe(mediaType: string): string {
  return mediaType === '' ? 'Data URI declares no media type' : `Media type is ${quote(mediaType)}`;
}
