/** What the file of a record holds, and how VS Code is told that it is another one. */

export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The next time of change, in milliseconds, however soon it follows. */
export function later(mtime: number): number {
  return Math.max(Date.now(), mtime + 1);
}

/**
 * VS Code asks before it saves over a change that it has not seen, if the file is newer and of another size. So one of the same
 * size gets an empty line more.
 */
export function tellApart(text: string, knownSize: number): Uint8Array {
  const content = encode(text);
  return content.length === knownSize ? encode(`${text}\n`) : content;
}
