import { areLatin1Base64Digits, digitWindow } from '../text/base64Digits.ts';
import { paddingOf } from './base64.ts';
import type { ByteSource } from './byteSource.ts';
import { parseDataUri, type DataUri } from './dataUri.ts';

/** A data URI in bytes whose base64 is sound to its last character. */
export interface PlainDataUri {
  /** The same declaration with a payload of a few digits: whatever is said of the URI but its image can be said of this. */
  readonly address: string;
  /** Of that address, but for `byteLength`. */
  readonly uri: DataUri;
  readonly source: ByteSource;
}

/** Longer than any declaration in use. */
const longestDeclaration = 1000;

/** Printable ASCII without escapes: what else may stand there, a reader of JSON has to tell. */
const plainDeclaration = /^[ -[\]-~]+$/;

const comma = 0x2c;
const equals = 0x3d;

/** Reads the data URI between two offsets; undefined where there is anything to be said of its base64, or of its text. */
export function readPlainDataUri(
  bytes: Buffer,
  start: number,
  end: number,
): PlainDataUri | undefined {
  const payloadStart = bytes.indexOf(comma, start) + 1;
  if (payloadStart === 0 || payloadStart > Math.min(end, start + longestDeclaration))
    return undefined;
  const declaration = bytes.toString('latin1', start, payloadStart);
  if (!plainDeclaration.test(declaration)) return undefined;
  let digitsEnd = end;
  while (digitsEnd > payloadStart && bytes[digitsEnd - 1] === equals) digitsEnd--;
  const digits = digitsEnd - payloadStart;
  const padding = '='.repeat(end - digitsEnd);
  if (digits === 0 || paddingOf(digits) !== padding) return undefined;
  const address = `${declaration}AAAA${'A'.repeat(digits % 4)}${padding}`;
  const uri = parseDataUri(address);
  if (!uri?.isBase64 || !areDigits(bytes, payloadStart, digitsEnd)) return undefined;
  const byteLength = Math.floor((digits * 3) / 4);
  return {
    address,
    uri: { ...uri, byteLength },
    source: {
      byteLength,
      head(length) {
        const headEnd = payloadStart + Math.ceil(length / 3) * 4;
        return decode(bytes, payloadStart, Math.min(headEnd, end)).subarray(0, length);
      },
      tail(length) {
        const first = Math.max(0, byteLength - length);
        const from = payloadStart + Math.floor(first / 3) * 4;
        return decode(bytes, from, end).subarray(first % 3);
      },
    },
  };
}

/** Of the standard alphabet. */
function areDigits(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += digitWindow) {
    const window = bytes.toString('latin1', at, Math.min(at + digitWindow, end));
    if (!areLatin1Base64Digits(window)) return false;
  }
  return true;
}

function decode(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.from(bytes.toString('latin1', start, end), 'base64');
}
