import type { FileHandle } from 'node:fs/promises';

/** Bytes that are searched at once. */
const windowLength = 1 << 20;

/** Bytes on either side of a window in which a find may go on, and in which base64 is recognized. */
const margin = 4096;

/** So many letters and digits in a row, with no white space and no quote, are base64 and no words. */
const longestWord = 200;

/** By bytes: whether base64 is made of them, its letters folded. */
const isBase64 = new Uint8Array(256);
for (const digit of Buffer.from('abcdefghijklmnopqrstuvwxyz0123456789+/=')) isBase64[digit] = 1;

export interface SearchOptions {
  /** Bytes: only what begins in between counts. */
  readonly start: number;
  readonly end: number;
  readonly isBackwards: boolean;
  readonly signal: AbortSignal;
}

/**
 * Where a text stands in a file of JSON, in bytes; undefined where it does not. Upper and lower case are the same, beyond
 * ASCII if all such letters of the text have one of them; a character may be written as itself or as `\u00E9`, and the
 * insides of base64 do not count.
 */
export async function searchFile(
  file: FileHandle,
  text: string,
  { start, end, isBackwards, signal }: SearchOptions,
): Promise<number | undefined> {
  const needles = needlesOf(text);
  const count = Math.ceil((end - start) / windowLength);
  const buffer = Buffer.allocUnsafeSlow(windowLength + 2 * margin);
  for (let step = 0; step < count; step++) {
    signal.throwIfAborted();
    const at = start + (isBackwards ? count - 1 - step : step) * windowLength;
    const from = Math.max(0, at - margin);
    const { bytesRead } = await file.read(buffer, 0, at + windowLength + margin - from, from);
    foldCase(buffer);
    const bytes = buffer.subarray(0, bytesRead);
    const window = {
      bytes,
      text: bytes.toString('latin1'),
      start: at - from,
      end: Math.min(at + windowLength, end) - from,
    };
    const found = findIn(window, needles, isBackwards);
    if (found !== undefined) return from + found;
  }
  return undefined;
}

/** The text as it may stand in a JSON string, in its case and in both others, its UTF-8 bytes read as Latin-1 and folded. */
function needlesOf(text: string): readonly string[] {
  const forms = [text, text.toLowerCase(), text.toUpperCase()].flatMap((each) => {
    const written = JSON.stringify(each).slice(1, -1);
    const escaped = written.replaceAll(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    return [written, escaped].map((form) => folded(form).toString('latin1'));
  });
  return [...new Set(forms)].filter((form) => form !== '');
}

function folded(text: string): Buffer {
  const bytes = Buffer.from(text);
  const padded = Buffer.alloc(bytes.length + 3 - ((bytes.length + 3) % 4));
  padded.set(bytes);
  foldCase(padded);
  return padded.subarray(0, bytes.length);
}

/**
 * In place, and of ASCII alone: folded as Latin-1, the first byte of `á` would be that of `あ`. Four bytes at a time, in which no sum
 * carries over into the next byte: with 0x3F those from `A` on, with 0x25 those behind `Z` reach 0x80.
 */
function foldCase({ buffer, byteOffset, length }: Buffer): void {
  const words = new Uint32Array(buffer, byteOffset, length / 4);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    const low = word & 0x7f7f7f7f;
    const capitals = ~word & ((low + 0x3f3f3f3f) ^ (low + 0x25252525)) & 0x80808080;
    words[at] = word | (capitals >>> 2);
  }
}

/** Bytes of the file, as text too, and where in them a find has to begin. */
interface Window {
  readonly bytes: Buffer;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function findIn(
  window: Window,
  needles: readonly string[],
  isBackwards: boolean,
): number | undefined {
  const find = isBackwards ? lastIn : firstIn;
  const found = needles.map((needle) => find(window, needle)).filter((at) => at !== undefined);
  if (found.length === 0) return undefined;
  return isBackwards ? Math.max(...found) : Math.min(...found);
}

function firstIn({ bytes, text, start, end }: Window, needle: string): number | undefined {
  for (let at = text.indexOf(needle, start); at >= 0 && at < end;) {
    const base64 = base64Around(bytes, at, needle.length);
    if (!base64) return at;
    at = text.indexOf(needle, base64.end);
  }
  return undefined;
}

function lastIn({ bytes, text, start, end }: Window, needle: string): number | undefined {
  for (let at = text.lastIndexOf(needle, end - 1); at >= start;) {
    const base64 = base64Around(bytes, at, needle.length);
    if (!base64) return at;
    if (base64.start === 0) return undefined;
    at = text.lastIndexOf(needle, base64.start - 1);
  }
  return undefined;
}

/** The base64 in which all of a find stands; undefined where it stands among words. */
function base64Around(
  bytes: Buffer,
  at: number,
  length: number,
): { start: number; end: number } | undefined {
  let start = at;
  while (start > 0 && isBase64[bytes[start - 1] ?? 0] === 1) start--;
  let end = at;
  while (end < bytes.length && isBase64[bytes[end] ?? 0] === 1) end++;
  return end - start > longestWord && end >= at + length ? { start, end } : undefined;
}
