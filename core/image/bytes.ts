/**
 * Unsigned integers at an offset of a byte array, most or least significant byte first (BE, LE).
 *
 * A read that leaves the array gives NaN. NaN equals nothing and fails every comparison, so a reader
 * at the end of its bytes recognises nothing and its loops end. Beware of `&` and `>>`, which turn NaN into 0.
 */
export function uint8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? NaN;
}

export function uint16BE(bytes: Uint8Array, at: number): number {
  return uint8(bytes, at) * 0x100 + uint8(bytes, at + 1);
}

export function uint32BE(bytes: Uint8Array, at: number): number {
  return uint16BE(bytes, at) * 0x10000 + uint16BE(bytes, at + 2);
}

export function uint16LE(bytes: Uint8Array, at: number): number {
  return uint8(bytes, at) + uint8(bytes, at + 1) * 0x100;
}

export function uint24LE(bytes: Uint8Array, at: number): number {
  return uint16LE(bytes, at) + uint8(bytes, at + 2) * 0x10000;
}

export function uint32LE(bytes: Uint8Array, at: number): number {
  return uint16LE(bytes, at) + uint16LE(bytes, at + 2) * 0x10000;
}

/** Up to `length` bytes as characters U+0000 to U+00FF, shorter at the end of the array. */
export function latin1(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Whether the characters of `text`, all below U+0100, stand at `at`. */
export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return latin1(bytes, at, text.length) === text;
}
