import type { Edit } from '../finding/finding.ts';
import type { DataUri } from '../image/dataUri.ts';
import { mediaTypeOf } from '../image/imageFacts.ts';
import type { RepairedImage } from '../image/repairPlan.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { placesInString } from '../record/placeInString.ts';
import { span } from '../text/span.ts';

/**
 * Puts other bytes into a data URI: its media type and its base64 are replaced, and all else of it stays, parameters
 * included. `url` is the string in its record, `address` its text, `uri` the text taken apart.
 */
export function replaceImage(
  url: JsonValue,
  address: string,
  { isBase64, payloadStart }: DataUri,
  { bytes, format }: Pick<RepairedImage, 'bytes' | 'format'>,
): readonly Edit[] {
  const start = 'data:'.length;
  const typeEnd = start + address.slice(start, payloadStart).search(/[;,]/);
  const payload = isBase64 ? payloadStart : payloadStart - 1;
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  const [from = 0, to = 0, first = 0, last = 0] = placesInString(url, [
    start,
    typeEnd,
    payload,
    Infinity,
  ]);
  return [
    { span: span(from, to), newText: mediaTypeOf(format) },
    { span: span(first, last), newText: isBase64 ? base64 : `;base64,${base64}` },
  ];
}
