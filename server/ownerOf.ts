import { recordScheme } from './protocol.ts';

/** The file that a document belongs to, and whose settings hold for it: of a record opened by itself the one that it is from. */
export function ownerOf(uri: string): string {
  if (!uri.startsWith(`${recordScheme}:`)) return uri;
  try {
    return decodeURIComponent(uri.slice(uri.indexOf('?') + 1));
  } catch {
    return uri;
  }
}
