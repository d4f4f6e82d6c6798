import type { Fix, Report } from '../finding/finding.ts';
import {
  declareBase64,
  encodeBase64,
  removeFromPayload,
  standardizeBase64,
} from '../fixes/dataUriFixes.ts';
import { paddingOf } from '../image/base64.ts';
import { bareBase64, dataUriSource, parseDataUri, type DataUri } from '../image/dataUri.ts';
import { identifyImage } from '../image/identifyImage.ts';
import { acceptedFormatOf } from '../image/imageFacts.ts';
import { findPayloadProblem, type PayloadProblem } from '../image/payloadProblem.ts';
import { placeOf } from '../record/example.ts';
import { placeInString } from '../record/placeInString.ts';
import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';
import { span, type Span } from '../text/span.ts';
import type { ImageRule, ImageView } from './rule.ts';

export const imageData: ImageRule = {
  id: 'image-data',
  summary:
    'A data URI holds its image as base64, in the standard alphabet and without white space.',
  // How lenient the services are is not documented.
  severity: 'warning',
  skipsExample: true,
  scope: 'image',
  *check(view) {
    const { dataUri } = view;
    const report = dataUri ? checkPayload(view, dataUri) : checkDeclaration(view);
    if (report) yield report;
  },
};

/** What there is no image for, nothing else is said of. */
const supersedes = ['image-format', 'image-media-type', 'image-detail-cost'];

/** Of an address that is no whole data URI. */
function checkDeclaration({ image, address }: ImageView): Report | undefined {
  if (!/^data:/i.test(address)) return undefined;
  return {
    span: placeOf(image.url),
    severity: 'error',
    message:
      'Data URI has no comma near its start, and so no image; expected data:image/png;base64, before it, and the service skips this example.',
    supersedes,
  };
}

function checkPayload(view: ImageView, uri: DataUri): Report | undefined {
  const { image, address, facts } = view;
  if (uri.payloadStart === address.length) {
    return {
      span: placeOf(image.url),
      severity: 'error',
      message:
        'Data URI is empty; expected base64 after its comma, and the service skips this example.',
      supersedes,
    };
  }
  if (!uri.isBase64) return checkNotBase64(view, uri);
  const problem = findPayloadProblem(address, uri);
  if (!problem) return undefined;
  if (facts?.format) return damaged(view, uri, problem);
  // Bytes that are no image, whole as they are: that is image-format's finding.
  return problem.kind === 'foreign-character' ? unreadable(view, uri, problem) : undefined;
}

function checkNotBase64({ image, address, facts }: ImageView, uri: DataUri): Report | undefined {
  const { url } = image;
  const place = placeInString(url, 0, Math.min(uri.payloadStart, longestPlace));
  if (acceptedFormatOf(facts)) {
    return {
      span: place,
      message:
        'Image is percent-encoded in its data URI; expected base64, else the service may skip this example.',
      fixes: () => [encodeBase64(url, address, uri)],
    };
  }
  if (!facts?.format && isImage(address.slice(uri.payloadStart, uri.payloadStart + headLength))) {
    return {
      span: place,
      message:
        'Data URI does not say that its payload is base64; expected ;base64 before the comma, else the service may skip this example.',
      fixes: () => [declareBase64(url, uri)],
      supersedes,
    };
  }
  return undefined;
}

/** Most characters of a declaration that are underlined. */
const longestPlace = 80;
/** Characters of base64 that suffice to tell a format. */
const headLength = 400;

function isImage(base64: string): boolean {
  return acceptedFormatOf(identifyImage(dataUriSource(base64, bareBase64(base64)))) !== undefined;
}

/** A lenient decoder finds an image, be it whole or not. */
function damaged(view: ImageView, uri: DataUri, problem: PayloadProblem): Report {
  return {
    span: placeInString(view.image.url, problem.span.start, problem.span.end),
    message: `Base64 ${describe(view.address, uri, problem)}; the service may refuse it and skip this example.`,
    fixes: () => repairs(view, uri, problem),
  };
}

function repairs(view: ImageView, uri: DataUri, { kind }: PayloadProblem): readonly Fix[] {
  const { image, address, facts } = view;
  if (kind === 'foreign-character') return [removeForeign(view, uri)].flatMap((fix) => fix ?? []);
  // White space may have been "+" once, and then what is left is no whole image.
  const isWhole = facts?.isTruncated !== true;
  return [standardizeBase64(image.url, address, uri, isWhole)].flatMap((fix) => fix ?? []);
}

/** Undefined where that would leave something wrong, or there are too many. What they stood for is gone in any case. */
function removeForeign({ image, address }: ImageView, uri: DataUri): Fix | undefined {
  const foreign = /[^\w+/=-]+/g;
  foreign.lastIndex = uri.payloadStart;
  const stretches: Span[] = [];
  for (let found = foreign.exec(address); found; found = foreign.exec(address)) {
    if (stretches.length === maxStretches) return undefined;
    stretches.push(span(found.index, found.index + found[0].length));
  }
  const cleaned = `data:;base64,${address.slice(uri.payloadStart).replaceAll(foreign, '')}`;
  const left = parseDataUri(cleaned);
  if (!left || findPayloadProblem(cleaned, left)) return undefined;
  return removeFromPayload(
    image.url,
    stretches,
    'Remove the characters that are not base64',
    false,
  );
}

const maxStretches = 100;

/** Not even a lenient decoder finds anything. */
function unreadable(view: ImageView, uri: DataUri, problem: PayloadProblem): Report {
  const { image, address } = view;
  return {
    span: placeInString(image.url, problem.span.start, problem.span.end),
    severity: 'error',
    message: `Base64 ${describe(address, uri, problem)}; no image can be read from it, and the service skips this example.`,
    fixes: () => removePythonQuotes(view, uri),
    supersedes,
  };
}

/** `b'iVBORw…'`: what Python prints of bytes. */
function removePythonQuotes({ image, address }: ImageView, { payloadStart }: DataUri): Fix[] {
  const { length } = address;
  const [start, end] = [payloadStart + 2, length - 1];
  const opening = address.slice(payloadStart, start);
  if (!/^b['"]$/.test(opening) || address[end] !== opening[1]) return [];
  if (!isImage(address.slice(start, Math.min(end, start + headLength)))) return [];
  const stretches = [span(payloadStart, start), span(end, length)];
  return [
    removeFromPayload(
      image.url,
      stretches,
      `Remove the ${opening} … ${opening[1]} of Python`,
      true,
    ),
  ];
}

/** `has "!" at its character 1,235, where only A–Z, a–z, 0–9, + and / may stand`. */
function describe(
  address: string,
  { payloadStart, digitsEnd }: DataUri,
  problem: PayloadProblem,
): string {
  const { start, end } = problem.span;
  const at = `at its character ${formatCount(start - payloadStart + 1)}`;
  switch (problem.kind) {
    case 'foreign-character':
      return `has ${quote(address.slice(start, end))} ${at}; expected only A–Z, a–z, 0–9, + and /`;
    case 'white-space':
      return `has white space ${at}`;
    case 'percent-encoding':
      return `is percent-encoded ${at}`;
    case 'url-safe-alphabet':
      return `has ${quote(address.slice(start, end))} ${at}, of the URL-safe alphabet; expected + and /`;
    case 'padding': {
      const expected = paddingOf(digitsEnd - payloadStart)?.length ?? 0;
      const found = address.length - digitsEnd;
      return `ends with ${found} "=" instead of ${expected}`;
    }
    case 'length':
      return `has ${formatCount(digitsEnd - payloadStart)} characters, which no bytes give: one too many, or three too few`;
  }
}
