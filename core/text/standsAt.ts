/**
 * Whether bytes, four or more, stand at an offset of others, before `end`. Compares four at a time; the last four may
 * overlap those before.
 */
export function standsAt(sought: DataView, view: DataView, at: number, end: number): boolean {
  const last = sought.byteLength - 4;
  if (at + sought.byteLength > end) return false;
  for (let index = 0; index < last; index += 4) {
    if (sought.getInt32(index, true) !== view.getInt32(at + index, true)) return false;
  }
  return sought.getInt32(last, true) === view.getInt32(at + last, true);
}

/** The UTF-8 of a text. */
export function viewOf(text: string): DataView {
  const { buffer, byteOffset, byteLength } = Buffer.from(text);
  return new DataView(buffer, byteOffset, byteLength);
}
