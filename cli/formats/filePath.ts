import { relative, isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A path as it reads from a folder, with slashes; undefined outside that folder. */
export function pathFrom(folder: string, path: string): string | undefined {
  const found = relative(folder, path);
  if (found === '..' || found.startsWith(`..${sep}`) || isAbsolute(found)) return undefined;
  return found.replaceAll(sep, '/');
}

/**
 * A path as a URI (RFC 3986): relative within the folder, else absolute. A colon is escaped, for what stands before
 * one at the start of a relative reference would be a scheme.
 */
export function uriFrom(folder: string, path: string): string {
  const { href } = pathToFileURL(path);
  if (pathFrom(folder, path) === undefined) return href;
  const base = pathToFileURL(folder.endsWith(sep) ? folder : folder + sep).href;
  return href.slice(base.length).replaceAll(':', '%3A');
}
