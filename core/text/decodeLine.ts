import { isAscii, isUtf8 } from 'node:buffer';
import { asBuffer } from './asBuffer.ts';

export interface DecodedLine {
  /** What is not UTF-8 reads as U+FFFD. Holds no reference to the bytes. */
  readonly text: string;
  readonly invalid: InvalidByte | undefined;
}

/** The first byte that is not UTF-8: the start of the first sequence that is no character. */
export interface InvalidByte {
  /** Of the U+FFFD that stands for it in the text, in UTF-16 code units. */
  readonly offset: number;
  readonly byte: number;
}

/** The text of a line's bytes. ASCII, most lines and all base64, is copied at memory speed and takes a byte a character. */
export function decodeLine(bytes: Uint8Array): DecodedLine {
  const buffer = asBuffer(bytes);
  if (isAscii(buffer)) return { text: buffer.toString('latin1'), invalid: undefined };
  const text = buffer.toString('utf8');
  return { text, invalid: isUtf8(buffer) ? undefined : firstInvalid(buffer, text) };
}

/** `Byte 0xE9 is not UTF-8` */
export function describeInvalidByte(byte: number): string {
  return `Byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')} is not UTF-8`;
}

const replacement = '\uFFFD';
const replacementBytes = Buffer.from(replacement);

/** The first U+FFFD of the text that is not in the bytes: up to there the text tells how many bytes it took. */
function firstInvalid(bytes: Buffer, text: string): InvalidByte | undefined {
  let read = 0;
  let byteOffset = 0;
  for (let offset = text.indexOf(replacement); offset !== -1;) {
    byteOffset += Buffer.byteLength(text.slice(read, offset));
    const end = byteOffset + replacementBytes.length;
    if (!bytes.subarray(byteOffset, end).equals(replacementBytes)) {
      return { offset, byte: bytes[byteOffset] ?? NaN };
    }
    byteOffset = end;
    read = offset + 1;
    offset = text.indexOf(replacement, read);
  }
  return undefined;
}
