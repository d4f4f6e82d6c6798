import { createHash } from 'node:crypto';
import type { Span } from '../text/span.ts';

/** The SHA-256 of a piece of text: 1.3 GB/s, so only where something cheaper says that it may matter. */
export function digestText(text: string, { start, end }: Span): string {
  return createHash('sha256').update(text.slice(start, end)).digest('base64');
}
