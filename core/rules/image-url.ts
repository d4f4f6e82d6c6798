import type { Report } from '../finding/finding.ts';
import {
  addDataUriHead,
  addScheme,
  removeCredentials,
  trimAddress,
  useHttps,
  writeSlashes,
} from '../fixes/addressFixes.ts';
import { bareBase64, dataUriSource } from '../image/dataUri.ts';
import { privateHost } from '../image/hostScope.ts';
import { identifyImage } from '../image/identifyImage.ts';
import { acceptedFormatOf, mediaTypeOf } from '../image/imageFacts.ts';
import { readExpiry, type Expiry } from '../image/signedAddress.ts';
import { plainHost, readAddress, type WebAddress } from '../image/webAddress.ts';
import { placeOf } from '../record/example.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { placeInString } from '../record/placeInString.ts';
import { quote } from '../text/quote.ts';
import { span, type Span } from '../text/span.ts';
import type { ImageRule } from './rule.ts';

export const imageUrl: ImageRule = {
  id: 'image-url',
  summary:
    'The address of an image can be fetched by the service: a public https or http URL, or a data URI.',
  severity: 'error',
  skipsExample: true,
  scope: 'image',
  *check({ image, address }, { today }) {
    // An empty one is content-part's finding.
    if (address === '' || /^data:/i.test(address)) return;
    const host = plainHost(address);
    if (host !== undefined && !privateHost(host)) return;
    const trimmed = trim(address);
    if (trimmed.start === trimmed.end) {
      yield unfetchable(image.url, 'is only white space');
      return;
    }
    if (trimmed.start > 0 || trimmed.end < address.length) {
      yield aroundIt(image.url, trimmed, address.length);
    }
    yield* checkAddress({
      url: image.url,
      offset: trimmed.start,
      text: address.slice(trimmed.start, trimmed.end),
      today,
    });
  },
};

/** An image that is skipped has no cost worth a hint, and that nobody could fetch it follows from its address. */
const supersedes = ['image-unreachable', 'image-detail-cost'];

/** An address without white space around it. */
interface Subject {
  readonly url: JsonValue;
  /** Where the text begins in that of the string. */
  readonly offset: number;
  readonly text: string;
  readonly today: string;
}

function* checkAddress(subject: Subject): Generator<Report> {
  const { url, text, offset } = subject;
  const address = readAddress(text);
  switch (address.kind) {
    case 'data':
      return;
    case 'web':
      yield* checkWebAddress(subject, address);
      return;
    case 'other':
      yield unfetchable(url, `begins with ${quote(address.scheme)}`);
      return;
    case 'invalid':
      yield unfetchable(url, 'is not a valid URL');
      return;
    case 'no-scheme': {
      const { missing } = address;
      const isPublic = [...checkAddress({ ...subject, text: missing + text })].length === 0;
      yield {
        ...unfetchable(url, `has no ${missing} before it`),
        fixes: () => (isPublic ? [addScheme(url, offset, missing)] : []),
      };
      return;
    }
    case 'path':
      yield checkPath(subject);
  }
}

/** A file on somebody's disk, or base64 of which the beginning of a data URI was forgotten. */
function checkPath({ url, offset, text }: Subject): Report {
  const head = text.slice(0, longestHead);
  const format = acceptedFormatOf(identifyImage(dataUriSource(head, bareBase64(head))));
  if (!format) {
    // No message shows base64, of whatever it may be.
    const isBase64 = text.length > shownPath && /^[a-z\d+/]*=*$/i.test(head);
    return unfetchable(url, isBase64 ? 'is base64 or a path' : `is a path, ${quote(text)}`);
  }
  const mediaType = mediaTypeOf(format);
  return {
    ...unfetchable(url, `is base64 without data:${mediaType};base64, before it`),
    fixes: () => [addDataUriHead(url, offset, mediaType)],
  };
}

/** Characters that a path without a dot may have before it is rather base64. */
const shownPath = 40;
/** Characters of base64 that suffice to tell a format. */
const longestHead = 400;

function* checkWebAddress(subject: Subject, address: WebAddress): Generator<Report> {
  const { url, offset } = subject;
  const scope = privateHost(address.url.hostname);
  if (scope) {
    const host = quote(address.url.hostname);
    yield {
      span: placeIn(subject, address.host),
      supersedes,
      message: `Host ${host} is ${scope.name} (${scope.source}); the service fetches only from public hosts and skips this example.`,
    };
    return;
  }
  const { slashes } = address;
  if (subject.text.slice(slashes.start, slashes.end) !== '//') {
    yield {
      span: placeIn(subject, span(0, slashes.end)),
      severity: 'warning',
      message:
        'Address has not // behind its scheme; not every program can read it, and the service may skip this example.',
      fixes: () => [writeSlashes(url, shift(slashes, offset))],
    };
  }
  yield* checkExpiry(subject, address);
  if (address.credentials) {
    const { credentials } = address;
    yield {
      span: placeIn(subject, credentials),
      severity: 'warning',
      message:
        'Address holds credentials; whoever gets the file can read them, and the service may not send them and skip this example.',
      fixes: () => [removeCredentials(url, shift(credentials, offset))],
    };
  }
  if (address.url.protocol === 'http:') {
    const { scheme } = address;
    yield {
      span: placeIn(subject, scheme),
      severity: 'info',
      message:
        'Address is plain http, so that the image can be changed on its way; expected https where the host has it.',
      // Another port would be another server.
      fixes: () => (address.url.port === '' ? [useHttps(url, shift(scheme, offset))] : []),
    };
  }
}

const hour = 3_600_000;
const day = 24 * hour;
const warnedDays = 7;

function* checkExpiry(subject: Subject, { query }: WebAddress): Generator<Report> {
  const expiry = readExpiry(subject.text.slice(query.start, query.end));
  const today = Date.parse(subject.today);
  if (!expiry || expiry.time >= today + (warnedDays + 1) * day) return;
  const date = new Date(expiry.time).toISOString().slice(0, 10);
  // Where days begin earliest, that is 14 hours before UTC.
  const isPast = expiry.isSigned && expiry.time <= today - 14 * hour;
  const who = expiry.isSigned ? 'Signed address' : 'Address without signature';
  const when = date < subject.today ? `expired on ${date}` : `expires on ${date}, within 7 days`;
  const { start, end } = shift(expiry.span, query.start);
  yield {
    span: placeIn(subject, span(start, end)),
    severity: isPast ? 'error' : 'warning',
    ...(isPast && { supersedes }),
    message: `${who} ${when}; ${describeOutcome(expiry, isPast)}.`,
  };
}

function describeOutcome({ isSigned }: Expiry, isPast: boolean): string {
  if (!isSigned) return 'from then on the service may not fetch it and skip this example';
  const outcome = 'the service cannot fetch it and skips this example';
  return isPast ? outcome : `from then on ${outcome}`;
}

function aroundIt(url: JsonValue, inner: Span, length: number): Report {
  return {
    span: placeOf(url),
    severity: 'warning',
    message:
      'Address has white space around it; the service may not fetch it and skip this example.',
    fixes: () => [trimAddress(url, inner, length)],
  };
}

function unfetchable(url: JsonValue, what: string): Report {
  return {
    span: placeOf(url),
    supersedes,
    message: `Address ${what}; the service takes public https or http addresses and data URIs, and skips this example.`,
  };
}

/** Where a part of the address stands in the record; of a long one its beginning. */
function placeIn({ url, offset }: Subject, part: Span): Span {
  const { start, end } = shift(part, offset);
  return placeInString(url, start, Math.min(end, start + 80));
}

function shift({ start, end }: Span, by: number): Span {
  return span(start + by, end + by);
}

/** Without the blanks and control characters that the URL standard takes off either end (4.4). */
function trim(address: string): Span {
  let start = 0;
  let end = address.length;
  while (start < end && address.charCodeAt(start) <= 0x20) start++;
  while (end > start && address.charCodeAt(end - 1) <= 0x20) end--;
  return span(start, end);
}
