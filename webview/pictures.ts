/** Pictures that have arrived, as addresses of bytes in memory: the only ones that the page may show. */
export class ArrivedPictures {
  readonly #addresses = new Map<string, string>();

  get(key: string): string | undefined {
    return this.#addresses.get(key);
  }

  /** Keeps the bytes as long as the page, or until there are too many. */
  add(key: string, bytes: Uint8Array, mediaType: string): string {
    const address = toAddress(bytes, mediaType);
    const before = this.#addresses.get(key);
    if (before !== undefined) URL.revokeObjectURL(before);
    this.#addresses.set(key, address);
    return address;
  }

  /** Forgets those that no picture on the page has. */
  keep(keys: ReadonlySet<string>): void {
    for (const [key, address] of this.#addresses) {
      if (keys.has(key)) continue;
      URL.revokeObjectURL(address);
      this.#addresses.delete(key);
    }
  }
}

/** Formats that hold nothing but pixels. */
const pixelTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
]);

/** The bytes as something that an `img` can show; of another type they would be no picture. */
export function toAddress(bytes: Uint8Array, mediaType: string): string {
  const type = pixelTypes.has(mediaType) ? mediaType : 'application/octet-stream';
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
}
