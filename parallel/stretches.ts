/** Whole lines of a file: the bytes from `start` to `end`, of the last stretch to wherever the file ends. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Reads bytes of a file from a position on; as many as there are, 0 at its end. */
export type ReadAt = (buffer: Uint8Array, position: number) => Promise<number>;

/** Bytes in which the end of a line is looked for at first, which is enough for a record of text; then four times as many, up to these. */
const firstLook = 1 << 14;
const largestLook = 1 << 20;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Cuts a file at line ends into stretches of `length` bytes, or so much more as the last line of each takes. */
export async function* cutIntoStretches(
  read: ReadAt,
  size: number,
  length: number,
): AsyncGenerator<Stretch> {
  const buffer = Buffer.allocUnsafeSlow(largestLook);
  let start = 0;
  while (start + length < size) {
    const end = await findLineStart(read, start + length, buffer);
    if (end === undefined) break;
    yield { start, end };
    start = end;
  }
  yield { start, end: Infinity };
}

/** The first line that begins at a position or behind it, but for the first of the file; undefined where none does. */
async function findLineStart(
  read: ReadAt,
  position: number,
  buffer: Buffer,
): Promise<number | undefined> {
  let look = firstLook;
  let isAfterReturn = false;
  // What stands before tells whether a line begins here.
  for (let at = position - 1; ; look = Math.min(4 * look, buffer.length)) {
    const bytes = buffer.subarray(0, await read(buffer.subarray(0, look), at));
    if (bytes.length === 0) return undefined;
    if (isAfterReturn) return bytes[0] === lineFeed ? at + 1 : at;
    const end = firstLineEnd(bytes);
    // Whether a line feed belongs to it, the next byte tells.
    isAfterReturn = end === bytes.length - 1 && bytes[end] === carriageReturn;
    if (end !== undefined && !isAfterReturn) {
      const isPair = bytes[end] === carriageReturn && bytes[end + 1] === lineFeed;
      return at + end + (isPair ? 2 : 1);
    }
    at += bytes.length;
  }
}

/** Of the byte that ends the first line, of a pair the carriage return. */
function firstLineEnd(bytes: Buffer): number | undefined {
  const feed = bytes.indexOf(lineFeed);
  const carriage = bytes.subarray(0, feed === -1 ? bytes.length : feed).indexOf(carriageReturn);
  if (carriage !== -1) return carriage;
  return feed === -1 ? undefined : feed;
}
