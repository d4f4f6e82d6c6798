import { span, type Span } from '../text/span.ts';

/** What the address of an image is, by its form. Spans are offsets in the address. */
export type Address =
  | { readonly kind: 'data' }
  | WebAddress
  /** `s3://bucket/a.png`: `scheme` is `s3:`. */
  | { readonly kind: 'other'; readonly scheme: string }
  /** `photos/a.png`, `C:\a.png`, `\\server\share\a.png`. */
  | { readonly kind: 'path' }
  /** `example.com/a.png`, `//example.com/a.png`: what is missing before it is `missing`. */
  | { readonly kind: 'no-scheme'; readonly missing: string }
  /** Begins with http: or https: and is no URL. */
  | { readonly kind: 'invalid' };

export interface WebAddress {
  readonly kind: 'web';
  readonly url: URL;
  /** `http` or `https`, without the colon. */
  readonly scheme: Span;
  /** What stands behind the colon of the scheme; browsers take any number of `/` and `\\` for `//`, and others do not. */
  readonly slashes: Span;
  /** `user:password@`. */
  readonly credentials: Span | undefined;
  /** As written: `0x7f.1`, `[::1]`. */
  readonly host: Span;
  /** Behind the `?`, up to the `#`. */
  readonly query: Span;
}

/** What comes later is not looked at: it is part of a path or query. */
const longestAddress = 8192;

/**
 * The host of an address of the form that nearly all have, in which nothing but the host can be wrong; undefined for any
 * other. Saves what `readAddress` costs, for a file may have a million of them.
 */
export function plainHost(address: string): string | undefined {
  const isShort = address.length < 2000;
  return isShort ? plainAddress.exec(address)?.[1]?.toLowerCase() : undefined;
}

const plainAddress = /^https:\/\/((?:(?!xn--)[a-z\d][a-z\d-]*\.)+[a-z]+)\/[\w.~/-]*$/i;

/** Tells the kind of an address that has no white space around it. */
export function readAddress(address: string): Address {
  if (/^data:/i.test(address)) return { kind: 'data' };
  const head = address.slice(0, longestAddress);
  const scheme = /^[a-z][a-z\d+.-]*:/i.exec(head)?.[0].toLowerCase();
  if (scheme === 'http:' || scheme === 'https:') return readWebAddress(head);
  if (/^(?:www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]+(?::\d+)?\/)/i.test(head)) {
    return { kind: 'no-scheme', missing: 'https://' };
  }
  if (head.startsWith('//')) return { kind: 'no-scheme', missing: 'https:' };
  // A scheme of one letter is the drive of a Windows path.
  return scheme === undefined || scheme.length === 2 ? { kind: 'path' } : { kind: 'other', scheme };
}

/**
 * The parts as they are written, where `URL` gives them normalized. Slashes may be missing, too many or backslashes
 * (URL standard, 4.4), and the last `@` counts.
 */
const webParts =
  /^(?<scheme>https?):(?<slashes>[\\/]*)(?<credentials>[^\\/?#]*@)?(?<host>\[[^\]\\/?#]*\]|[^\\/?#:]*)(?::\d*)?(?=[\\/?#]|$)[^?#]*\??(?<query>[^#]*)/di;

function readWebAddress(head: string): Address {
  const url = URL.parse(head);
  const parts = webParts.exec(head)?.indices?.groups;
  const { scheme, slashes, host, query } = parts ?? {};
  if (!url || !scheme || !slashes || !host || !query) return { kind: 'invalid' };
  return {
    kind: 'web',
    url,
    scheme: toSpan(scheme),
    slashes: toSpan(slashes),
    credentials: parts?.['credentials'] && toSpan(parts['credentials']),
    host: toSpan(host),
    query: toSpan(query),
  };
}

function toSpan([start, end]: readonly [number, number]): Span {
  return span(start, end);
}
