/** In UTF-8. */
export const byteOrderMark = Buffer.from('\uFEFF');

/** Bytes of the mark with which a text begins; 0 where there is none. */
export function markLength(bytes: Buffer): number {
  return bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? byteOrderMark.length : 0;
}
