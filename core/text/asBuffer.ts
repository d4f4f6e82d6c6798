/** The same bytes, not copied, with the searches and decodings of `Buffer`: it looks for a byte at 12 GB/s, an array at 4. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
