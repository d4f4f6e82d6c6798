import type { Edit, Fix } from '../finding/finding.ts';
import { paddingOf, skipBase64 } from '../image/base64.ts';
import { decodeDataUri, type DataUri } from '../image/dataUri.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { placeInString, placesInString } from '../record/placeInString.ts';
import { span, type Span } from '../text/span.ts';

// `url` is the string of a data URI in its record, `address` its text, `uri` the text taken apart.

/** Where more places than this are wrong, everything from the first on is written anew. */
const maxPlaces = 100;

/**
 * The same bytes in the one form of base64 that every decoder takes; undefined where a lenient decoder, which skips
 * what it does not know, finds other bytes. Touches only the characters that are wrong.
 */
export function standardizeBase64(
  url: JsonValue,
  address: string,
  uri: DataUri,
  isCertain: boolean,
): Fix | undefined {
  const { payloadStart } = uri;
  const payload = address.slice(payloadStart);
  const tail = payloadStart + tailStart(payload);
  const digits = payload.slice(0, tail - payloadStart).replaceAll(irregular, standardize);
  const padding = paddingOf(digits.length);
  if (padding === undefined || skipBase64(digits, 0) < digits.length) return undefined;
  const bytes = Buffer.from(digits, 'base64');
  if (!bytes.equals(decodeDataUri(address, uri))) return undefined;
  return {
    title: 'Write the base64 in its standard form',
    kind: 'standard-base64',
    edits: editsOf(url, address.slice(0, tail), payloadStart, digits, padding),
    isCertain,
  };
}

/** What decoders take for digits of another alphabet, or for nothing. */
const irregular = /[-_]|[ \t\r\n\f]+|%[\da-f]{2}/gi;

function standardize(found: string): string {
  const character = found.startsWith('%')
    ? String.fromCharCode(Number.parseInt(found.slice(1), 16))
    : found;
  if (character === '-') return '+';
  if (character === '_') return '/';
  return character.trim();
}

/** `text` is the address up to what stands for its padding, `digits` what its payload becomes. */
function editsOf(
  url: JsonValue,
  text: string,
  payloadStart: number,
  digits: string,
  padding: string,
): readonly Edit[] {
  const places: (Span & { readonly newText: string })[] = [];
  irregular.lastIndex = payloadStart;
  for (let found = irregular.exec(text); found; found = irregular.exec(text)) {
    if (places.length === maxPlaces) {
      const first = places[0]?.start ?? payloadStart;
      const newText = digits.slice(first - payloadStart) + padding;
      return [{ span: placeInString(url, first, Infinity), newText }];
    }
    const { index, 0: old } = found;
    places.push({ start: index, end: index + old.length, newText: standardize(old) });
  }
  const offsets = places.flatMap(({ start, end }) => [start, end]);
  const mapped = placesInString(url, [...offsets, text.length, Infinity]);
  const edits = places.map(({ newText }, index) => ({
    span: span(mapped[2 * index] ?? 0, mapped[2 * index + 1] ?? 0),
    newText,
  }));
  const end = span(mapped.at(-2) ?? 0, mapped.at(-1) ?? 0);
  const isSame = url.tree.text.slice(end.start, end.end) === padding;
  return isSame ? edits : [...edits, { span: end, newText: padding }];
}

/** Where padding and what surrounds it begin, at the end of a payload. */
function tailStart(payload: string): number {
  let start = payload.length;
  for (;;) {
    const last = payload.charAt(start - 1);
    if (last === '=' || (last !== '' && last.trim() === '')) start -= 1;
    else if (/^%(?:3d|20|0[9acd])$/i.test(payload.slice(Math.max(0, start - 3), start))) start -= 3;
    else return start;
  }
}

/** `data:image/png,%89PNG` → `data:image/png;base64,iVBORw`. */
export function encodeBase64(url: JsonValue, address: string, uri: DataUri): Fix {
  const comma = uri.payloadStart - 1;
  const base64 = Buffer.from(decodeDataUri(address, uri)).toString('base64');
  return {
    title: 'Write the image as base64',
    kind: 'encode-base64',
    edits: [{ span: placeInString(url, comma, Infinity), newText: `;base64,${base64}` }],
    isCertain: true,
  };
}

/** `data:image/png,iVBORw` → `data:image/png;base64,iVBORw`. */
export function declareBase64(url: JsonValue, { payloadStart }: DataUri): Fix {
  const comma = payloadStart - 1;
  return {
    title: 'Write ;base64 before the comma',
    kind: 'declare-base64',
    edits: [{ span: placeInString(url, comma, comma), newText: ';base64' }],
    isCertain: true,
  };
}

/** Removes stretches of the payload, which leave an image. */
export function removeFromPayload(
  url: JsonValue,
  stretches: readonly Span[],
  title: string,
  isCertain: boolean,
): Fix {
  const mapped = placesInString(
    url,
    stretches.flatMap(({ start, end }) => [start, end]),
  );
  return {
    title,
    kind: 'remove-foreign-characters',
    edits: stretches.map((_, index) => ({
      span: span(mapped[2 * index] ?? 0, mapped[2 * index + 1] ?? 0),
      newText: '',
    })),
    isCertain,
  };
}

/** `declared` is the stretch of the address where the media type stands, or should. */
export function setMediaType(url: JsonValue, declared: Span, mediaType: string): Fix {
  return {
    title: `Declare ${mediaType}`,
    kind: 'media-type',
    edits: [{ span: placeInString(url, declared.start, declared.end), newText: mediaType }],
    isCertain: true,
  };
}
