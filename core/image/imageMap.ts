/** The file beside extracted images that says which is which. */
export const mapName = 'images.json';

/** Where an image was taken out, both from 1. */
export interface OriginalPlace {
  readonly record: number;
  readonly image: number;
}

/** Images in a folder, and what stands for them in records: their address, which is `base` with the name of the file. */
export interface ImageMap {
  /** An https address that ends in a slash. */
  readonly base: string;
  /** Name of the file → where it was taken out. */
  readonly images: ReadonlyMap<string, readonly OriginalPlace[]>;
}

/** As JSON, to be read by people and programs. `source` is the name of the training file. */
export function writeImageMap({ base, images }: ImageMap, source: string): string {
  return `${JSON.stringify({ source, base, images: Object.fromEntries(images) }, undefined, 2)}\n`;
}

/**
 * The name of the file for each address that stands for one; undefined for what is no such map. A name that would lead out of
 * the folder is left out.
 */
export function readAddresses(json: string): ReadonlyMap<string, string> | undefined {
  const { base, images } = readObject(json);
  const read = typeof base === 'string' ? readBase(base) : undefined;
  if (read === undefined || typeof images !== 'object' || images === null) return undefined;
  const names = Object.keys(images).filter(isPlainName);
  return new Map(names.map((name) => [addressOf(read, name), name]));
}

/** What stands for an image in its record. */
export function addressOf(base: string, name: string): string {
  return base + encodeURIComponent(name);
}

/** An address that a folder can be published under, with a slash at its end; undefined for any other text. */
export function readBase(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (url?.protocol !== 'https:' || url.username !== '' || url.search !== '' || url.hash !== '') {
    return undefined;
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function readObject(json: string): { readonly base?: unknown; readonly images?: unknown } {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Of a file in the folder itself, on every system. */
function isPlainName(name: string): boolean {
  return /^[^/\\:\0]+$/.test(name) && !/^\.+$/.test(name);
}
