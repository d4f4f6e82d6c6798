import { skipBase64 } from './base64.ts';
import { type ByteSource, bytesSource } from './byteSource.ts';

/** A `data:` URI (RFC 2397), taken apart. It holds offsets into the URI and no part of its payload. */
export interface DataUri {
  /** As declared, in lower case and without parameters: `image/png`. Empty when left out. */
  readonly mediaType: string;
  readonly isBase64: boolean;
  /** Offset of the first character after the comma: 22 in `data:image/png;base64,iVBO`. */
  readonly payloadStart: number;
  /**
   * Offset of the first character of the payload that is no base64 digit: of the padding, of something foreign, or
   * the length of the URI. Equal to `payloadStart` where the payload does not claim to be base64.
   */
  readonly digitsEnd: number;
  /** Length in bytes of what the payload stands for. */
  readonly byteLength: number;
  /** Whether each 4 characters of the payload stand for 3 bytes, so that either end can be decoded alone. */
  readonly isSeekable: boolean;
}

/** Longer than any declaration in use. Without a limit, a missing comma would cost a walk over the payload. */
const longestDeclaration = 1000;

/** Takes apart an address as it is after JSON unescaping. Undefined unless it starts with `data:` and has a comma. */
export function parseDataUri(url: string): DataUri | undefined {
  const match = /^data:([^,;]*)([^,]*),/i.exec(url.slice(0, longestDeclaration));
  if (!match) return undefined;
  const [{ length: payloadStart }, mediaType = '', parameters = ''] = match;
  return {
    mediaType: mediaType.trim().toLowerCase(),
    ...measurePayload(url, /; *base64 *$/i.test(parameters), payloadStart),
  };
}

/** A text that is base64 without the beginning of a data URI, as one with an empty media type. */
export function bareBase64(text: string): DataUri {
  return { mediaType: '', ...measurePayload(text, true, 0) };
}

function measurePayload(
  url: string,
  isBase64: boolean,
  payloadStart: number,
): Omit<DataUri, 'mediaType'> {
  const digitsEnd = isBase64 ? skipBase64(url, payloadStart) : payloadStart;
  // Without foreign characters, both ends can be decoded alone.
  const isSeekable = isBase64 && /^=*$/.test(url.slice(digitsEnd));
  const payload = { isBase64, payloadStart, digitsEnd, isSeekable };
  // Of a last group, each digit after the first stands for one more byte.
  const byteLength = isSeekable
    ? Math.floor(((digitsEnd - payloadStart) * 3) / 4)
    : decode(url, payload).length;
  return { ...payload, byteLength };
}

/** The bytes of a data URI. Of a seekable one, `head` and `tail` decode what they return and no more. */
export function dataUriSource(url: string, uri: DataUri): ByteSource {
  if (!uri.isSeekable) return bytesSource(decode(url, uri));
  const { payloadStart, byteLength } = uri;
  return {
    byteLength,
    head(length) {
      const end = payloadStart + Math.ceil(length / 3) * 4;
      return Buffer.from(url.slice(payloadStart, end), 'base64').subarray(0, length);
    },
    tail(length) {
      const first = Math.max(0, byteLength - length);
      const start = payloadStart + Math.floor(first / 3) * 4;
      return Buffer.from(url.slice(start), 'base64').subarray(first % 3);
    },
  };
}

/** All bytes, in a buffer of their own: for showing, saving and repairing a picture. */
export function decodeDataUri(url: string, uri: DataUri): Uint8Array {
  return new Uint8Array(decode(url, uri));
}

type Payload = Pick<DataUri, 'isBase64' | 'payloadStart'>;

/** Decodes as leniently as decoders do: either alphabet, padding optional, foreign characters skipped. */
function decode(url: string, { isBase64, payloadStart }: Payload): Buffer {
  const payload = url.slice(payloadStart);
  if (isBase64 && !payload.includes('%')) return Buffer.from(payload, 'base64');
  const bytes = percentDecode(Buffer.from(payload));
  return isBase64 ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes;
}

/** In place: each `%` before two hexadecimal digits becomes one byte, and every other byte stays (URL standard, 1.3). */
function percentDecode(bytes: Buffer): Buffer {
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1, length += 1) {
    const byte = bytes[at] ?? 0;
    const value = byte === percent ? 16 * hexValue(bytes[at + 1]) + hexValue(bytes[at + 2]) : NaN;
    bytes[length] = Number.isNaN(value) ? byte : value;
    if (!Number.isNaN(value)) at += 2;
  }
  return bytes.subarray(0, length);
}

/** Of the code of a hexadecimal digit; NaN for any other. */
function hexValue(code = NaN): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : NaN;
}

const percent = 0x25;
