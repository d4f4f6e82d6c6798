/** Bytes in which a NUL tells that a file is no text; as in git. */
const sampleLength = 8000;

/** Whether bytes that stand at an offset of a file tell that it is no text. */
export function tellsBinary(bytes: Uint8Array, offset = 0): boolean {
  return offset < sampleLength && bytes.subarray(0, sampleLength - offset).includes(0);
}
