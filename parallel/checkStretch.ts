import type { CheckedStretch, StretchChecker, StretchStart } from '../core/check/stretchChecker.ts';
import { LineReader } from '../core/text/lineReader.ts';
import type { ChangeDigest } from './changeDigest.ts';
import type { Stretch } from './stretches.ts';

/** What is found in a stretch of a file. Plain data. */
export interface StretchResult {
  readonly checked: CheckedStretch;
  readonly bytes: number;
  readonly hasByteOrderMark: boolean;
  /** Of these bytes, where one is wanted. */
  readonly digest?: string | undefined;
}

/** Reads bytes from a position on into a buffer; as many as there are, 0 at the end of the file. */
export type ReadAtOnce = (buffer: Uint8Array, length: number, position: number) => number;

/** Checks a stretch of a file, which it reads through a buffer, and has the bytes that it checks digested. */
export function checkStretch(
  checker: StretchChecker,
  { start, end, ...given }: Stretch & StretchStart,
  read: ReadAtOnce,
  buffer: Uint8Array,
  digest?: ChangeDigest,
): StretchResult {
  const lines = new LineReader({ offset: start });
  let position = start;
  checker.start(given);
  while (position < end) {
    const length = read(buffer, Math.min(buffer.length, end - position), position);
    if (length === 0) break;
    position += length;
    const bytes = buffer.subarray(0, length);
    digest?.add(bytes);
    for (const line of lines.read(bytes)) checker.add(line);
  }
  for (const line of lines.end()) {
    // Behind the last line end there is the next stretch, if the file has not become shorter.
    if (end === Infinity || line.byteLength > 0 || line.eol !== '') checker.add(line);
  }
  return {
    checked: checker.end(),
    bytes: position - start,
    hasByteOrderMark: lines.hasBom,
    digest: digest?.end(),
  };
}
