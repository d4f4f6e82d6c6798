/**
 * The bytes of an image, given out from either end only, since that is all that identifying it takes.
 * Files, downloads and base64 texts share it, so that none of them is read or decoded as a whole.
 */
export interface ByteSource {
  /** Length of the whole image in bytes. */
  readonly byteLength: number;
  /** The first `length` bytes, or all there are. */
  head(length: number): Uint8Array;
  /** The last `length` bytes, or all there are. */
  tail(length: number): Uint8Array;
}

/** Bytes that are in memory already. Nothing is copied. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    byteLength: bytes.length,
    head: (length) => bytes.subarray(0, length),
    tail: (length) => bytes.subarray(Math.max(0, bytes.length - length)),
  };
}
