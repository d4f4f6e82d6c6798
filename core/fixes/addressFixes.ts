import type { Fix } from '../finding/finding.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { placeInString } from '../record/placeInString.ts';
import type { Span } from '../text/span.ts';
import { insertAt } from './jsonEdits.ts';

// `url` is the string of an address; spans and offsets count in its text.

export function useHttps(url: JsonValue, scheme: Span): Fix {
  return {
    title: 'Use https',
    kind: 'use-https',
    edits: [{ span: placeInString(url, scheme.start, scheme.end), newText: 'https' }],
    isCertain: false,
  };
}

/** Two slashes behind the scheme, where a browser would read what stands there as two. */
export function writeSlashes(url: JsonValue, slashes: Span): Fix {
  return {
    title: 'Write // behind the scheme',
    kind: 'write-slashes',
    edits: [{ span: placeInString(url, slashes.start, slashes.end), newText: '//' }],
    isCertain: true,
  };
}

export function removeCredentials(url: JsonValue, credentials: Span): Fix {
  return {
    title: 'Remove the credentials',
    kind: 'remove-credentials',
    edits: [{ span: placeInString(url, credentials.start, credentials.end), newText: '' }],
    isCertain: false,
  };
}

/** `missing` is `https://`, or `https:` where the slashes are there. */
export function addScheme(url: JsonValue, offset: number, missing: string): Fix {
  return {
    title: `Write ${missing} before the address`,
    kind: 'add-scheme',
    edits: [insertAt(placeInString(url, offset, offset).start, missing)],
    isCertain: false,
  };
}

/** Of an address with `inner` between white space: the URL standard reads it without (4.4). */
export function trimAddress(url: JsonValue, inner: Span, length: number): Fix {
  const edits = [placeInString(url, 0, inner.start), placeInString(url, inner.end, length)];
  return {
    title: 'Remove the white space around the address',
    kind: 'trim-address',
    edits: edits.filter(({ start, end }) => start < end).map((span) => ({ span, newText: '' })),
    isCertain: true,
  };
}

/** For base64 without anything before it. */
export function addDataUriHead(url: JsonValue, offset: number, mediaType: string): Fix {
  return {
    title: `Write data:${mediaType};base64, before the image`,
    kind: 'add-data-uri-head',
    edits: [insertAt(placeInString(url, offset, offset).start, `data:${mediaType};base64,`)],
    isCertain: true,
  };
}
