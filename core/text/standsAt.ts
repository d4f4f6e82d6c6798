/**
 * Whether bytes, four or more, stand at an offset of others, before `end`. Compares four at a time; the last four may
 * overlap those before.
 */
export function standsAt(sought: DataView, view: DataView, at: number, end: number): boolean {
  const last = sought.byteLength - 4;
  if (at + sought.byteLength > end) return false;
  let index = 0;
  for (; index + 4 < last; index += 8) {
    const one = sought.getInt32(index, true) ^ view.getInt32(at + index, true);
    const two = sought.getInt32(index + 4, true) ^ view.getInt32(at + index + 4, true);
    if ((one | two) !== 0) return false;
  }
  for (; index < last; index += 4) {
    if (sought.getInt32(index, true) !== view.getInt32(at + index, true)) return false;
  }
  return sought.getInt32(last, true) === view.getInt32(at + last, true);
}

/** The UTF-8 of a text. */
export function viewOf(text: string): DataView {
  const { buffer, byteOffset, byteLength } = Buffer.from(text);
  return new DataView(buffer, byteOffset, byteLength);
}
