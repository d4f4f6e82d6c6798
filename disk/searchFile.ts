import type { FileHandle } from 'node:fs/promises';

/** Bytes that are searched at once. */
const windowLength = 1 << 20;

/** Bytes on either side of a window in which a find may go on, and in which base64 is recognized. */
const margin = 4096;

/** So many letters and digits in a row, with no white space and no quote, are base64 and no words. */
const longestWord = 200;

const capitalA = 0x41;
const capitalZ = 0x5a;

const base64 = /[A-Za-z0-9+/=]/;

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
  const buffer = Buffer.allocUnsafe(windowLength + 2 * margin);
  for (let step = 0; step < count; step++) {
    signal.throwIfAborted();
    const at = start + (isBackwards ? count - 1 - step : step) * windowLength;
    const from = Math.max(0, at - margin);
    const { bytesRead } = await file.read(buffer, 0, at + windowLength + margin - from, from);
    const window = foldCase(buffer.subarray(0, bytesRead)).toString('latin1');
    const within = { start: at - from, end: Math.min(at + windowLength, end) - from };
    const found = findIn(window, needles, within, isBackwards);
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
    return [written, escaped].map((form) => foldCase(Buffer.from(form)).toString('latin1'));
  });
  return [...new Set(forms)].filter((form) => form !== '');
}

/** In place, and of ASCII alone: folded as Latin-1, the first byte of `á` would be that of `あ`. */
function foldCase(bytes: Buffer): Buffer {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= capitalA && byte <= capitalZ) bytes[at] = byte | 0x20;
  }
  return bytes;
}

function findIn(
  window: string,
  needles: readonly string[],
  within: { readonly start: number; readonly end: number },
  isBackwards: boolean,
): number | undefined {
  const found = needles.flatMap((needle) => [
    ...(isBackwards ? lastIn(window, needle, within) : firstIn(window, needle, within)),
  ]);
  if (found.length === 0) return undefined;
  return isBackwards ? Math.max(...found) : Math.min(...found);
}

function* firstIn(window: string, needle: string, { start, end }: { start: number; end: number }) {
  for (let at = window.indexOf(needle, start); at >= 0 && at < end;) {
    const past = endOfBase64(window, at, needle.length);
    if (past === undefined) {
      yield at;
      return;
    }
    at = window.indexOf(needle, past);
  }
}

function* lastIn(window: string, needle: string, { start, end }: { start: number; end: number }) {
  for (let at = window.lastIndexOf(needle, end - 1); at >= start;) {
    if (endOfBase64(window, at, needle.length) === undefined) {
      yield at;
      return;
    }
    if (at === 0) return;
    at = window.lastIndexOf(needle, at - 1);
  }
}

/** Where the base64 ends that a find stands in; undefined where it stands among words. */
function endOfBase64(window: string, at: number, length: number): number | undefined {
  let first = at;
  while (first > 0 && at - first < longestWord && base64.test(window.charAt(first - 1))) first--;
  let end = at;
  while (end < window.length && base64.test(window.charAt(end))) end++;
  return end - first > longestWord && end >= at + length ? end : undefined;
}
