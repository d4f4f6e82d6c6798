/** Whether a line, as text or as UTF-8 bytes, holds nothing but JSON white space, and so no record. */
export function isBlank(line: string | Uint8Array): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = typeof line === 'string' ? line.charCodeAt(at) : line[at];
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return false;
  }
  return true;
}
