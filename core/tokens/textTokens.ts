import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type * as o200k from './o200k.ts';

type Encoding = typeof o200k;

let encoding: Encoding | undefined;

/**
 * How many tokens a text is for gpt-4o and gpt-4.1 (o200k_base). The first call reads the encoding's table, which takes
 * 0.1 s: rules call it only where `maxTextTokens` is not enough to decide. Counts 8 MB of prose a second.
 */
export function countTextTokens(text: string): number {
  encoding ??= loadEncoding();
  return encoding.countTokens(text);
}

/** No text has more tokens: each token is at least one byte of its UTF-8. */
export function maxTextTokens(text: string): number {
  return Buffer.byteLength(text);
}

/** From o200k.ts beside this module; in a bundle, which holds this module but not that one, from the o200k.js beside it. */
function loadEncoding(): Encoding {
  const path = join(import.meta.dirname, `o200k${extname(import.meta.filename)}`);
  return createRequire(path)(path) as Encoding;
}
