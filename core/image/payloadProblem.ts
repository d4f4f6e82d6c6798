import { span, type Span } from '../text/span.ts';
import { paddingOf, skipBase64 } from './base64.ts';
import type { DataUri } from './dataUri.ts';

/** The first place where the payload of a base64 data URI is not base64 of RFC 4648, section 4. */
export interface PayloadProblem {
  readonly kind: PayloadProblemKind;
  /** In the URI. */
  readonly span: Span;
}

export type PayloadProblemKind =
  /** Of no alphabet, or padding before the end. */
  | 'foreign-character'
  | 'white-space'
  /** `%2B`. */
  | 'percent-encoding'
  /** `-` or `_`, RFC 4648, section 5. */
  | 'url-safe-alphabet'
  /** Too much or too little of it. */
  | 'padding'
  /** A last digit that stands for no byte: something is missing, or too much. */
  | 'length';

export function findPayloadProblem(url: string, uri: DataUri): PayloadProblem | undefined {
  const { payloadStart, digitsEnd, isSeekable } = uri;
  if (!isSeekable) return findForeign(url, digitsEnd);
  const urlSafe = firstUrlSafe(url, payloadStart);
  if (urlSafe >= 0) return { kind: 'url-safe-alphabet', span: span(urlSafe, urlSafe + 1) };
  const padding = paddingOf(digitsEnd - payloadStart);
  if (padding?.length === url.length - digitsEnd) return undefined;
  const kind = padding === undefined ? 'length' : 'padding';
  const hasPadding = kind === 'padding' && digitsEnd < url.length;
  return { kind, span: hasPadding ? span(digitsEnd, url.length) : span(digitsEnd - 1, digitsEnd) };
}

/** Something that is neither a digit nor padding is there, at or behind `digitsEnd`. */
function findForeign(url: string, digitsEnd: number): PayloadProblem {
  const behind = skipPadding(url, digitsEnd);
  for (const { kind, pattern } of foreign) {
    pattern.lastIndex = behind;
    const found = pattern.exec(url);
    if (found) return { kind, span: span(behind, behind + found[0].length) };
  }
  // Padding with digits behind it is what is foreign.
  const at = skipBase64(url.slice(behind, behind + 1), 0) > 0 ? digitsEnd : behind;
  const { length } = String.fromCodePoint(url.codePointAt(at) ?? 0);
  return { kind: 'foreign-character', span: span(at, at + length) };
}

const foreign = [
  { kind: 'white-space', pattern: /[ \t\r\n\f]+/y },
  { kind: 'percent-encoding', pattern: /%[\da-f]{2}/iy },
] as const;

function skipPadding(url: string, from: number): number {
  let at = from;
  while (url[at] === '=') at++;
  return at;
}

function firstUrlSafe(url: string, from: number): number {
  const [hyphen, underscore] = [url.indexOf('-', from), url.indexOf('_', from)];
  return hyphen < 0 || (underscore >= 0 && underscore < hyphen) ? underscore : hyphen;
}
