/** A copy of twice the length, with zeros behind. */
export function grown(cells: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * cells.length);
  larger.set(cells);
  return larger;
}
