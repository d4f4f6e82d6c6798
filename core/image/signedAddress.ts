import { span, type Span } from '../text/span.ts';

/** Until when a signed address can be fetched. */
export interface Expiry {
  /** Milliseconds since 1970, as of `Date`. */
  readonly time: number;
  /** The parameter that says so, in the text of the query: `se=2026-11-25T08%3A00Z`. */
  readonly span: Span;
  /** Whether a signature stands beside it, without which it may mean something else. */
  readonly isSigned: boolean;
}

interface SigningScheme {
  /** Names of parameters in lower case. */
  readonly expiry: string;
  readonly signature: string;
  readonly readTime: (value: string, parameters: ReadonlyMap<string, Parameter>) => number;
}

interface Parameter {
  readonly value: string;
  readonly span: Span;
}

const schemes: readonly SigningScheme[] = [
  // Azure Storage, shared access signatures.
  { expiry: 'se', signature: 'sig', readTime: (value) => readIsoTime(value) },
  // AWS Signature Version 4, and Google Cloud Storage's signing process V4: seconds from a date on.
  relativeScheme('x-amz'),
  relativeScheme('x-goog'),
  // Amazon S3 (version 2), CloudFront, Google Cloud Storage (V2): seconds since 1970.
  { expiry: 'expires', signature: 'signature', readTime: readUnixTime },
];

/** Reads until when an address is signed; undefined for one that is not, or not in a way that is known. */
export function readExpiry(query: string): Expiry | undefined {
  if (!/(?:^|&)(?:se|x-amz-expires|x-goog-expires|expires)=/i.test(query)) return undefined;
  const parameters = readParameters(query);
  for (const { expiry, signature, readTime } of schemes) {
    const found = parameters.get(expiry);
    const time = found ? readTime(found.value, parameters) : NaN;
    if (found && !Number.isNaN(time))
      return { time, span: found.span, isSigned: parameters.has(signature) };
  }
  return undefined;
}

function relativeScheme(prefix: string): SigningScheme {
  return {
    expiry: `${prefix}-expires`,
    signature: `${prefix}-signature`,
    readTime: (value, parameters) => {
      const date = parameters.get(`${prefix}-date`)?.value ?? '';
      const [, day, hour, minute, second] = /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
      if (!day || !/^\d{1,9}$/.test(value)) return NaN;
      const isoDay = day.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
      return Date.parse(`${isoDay}T${hour}:${minute}:${second}Z`) + Number(value) * 1000;
    },
  };
}

/** A day, or a time in UTC where no other offset is given. */
function readIsoTime(value: string): number {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(
    value,
  );
  if (!match) return NaN;
  const [, day, time = '00:00', offset = 'Z'] = match;
  return Date.parse(`${day}T${time}${offset}`);
}

/** Nine to eleven digits: from 1973 on, and no number of something else. */
function readUnixTime(value: string): number {
  return /^\d{9,11}$/.test(value) ? Number(value) * 1000 : NaN;
}

/** Of a parameter that comes twice the first counts. */
function readParameters(query: string): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  let start = 0;
  for (const text of query.split('&')) {
    const end = start + text.length;
    const [[name, value] = ['', '']] = new URLSearchParams(text);
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, { value, span: span(start, end) });
    start = end + 1;
  }
  return parameters;
}
