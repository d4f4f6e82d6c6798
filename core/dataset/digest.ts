import { hash } from 'node:crypto';

/** Of the 256 bits, 96 in 12 characters: of a billion different texts two are alike once in 10^11 files. */
const length = 12;

/**
 * What two texts have in common exactly when they are the same: a cut SHA-256, at 1.6 GB/s and half a microsecond a call.
 * Half a surrogate pair counts as U+FFFD, which is what it is once the file is saved.
 */
export function digest(text: string): string {
  // A slice this short is a copy, and keeps nothing else alive.
  return hash('sha256', text, 'binary').slice(0, length);
}
