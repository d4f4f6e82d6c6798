import type { ImageFacts } from '../image/imageFacts.ts';
import type { ImageTokenPrices } from '../profile/profile.ts';
import type { ImageReference } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import {
  highDetailRange,
  highDetailTokens,
  lowDetailTokens,
  type TokenRange,
} from './imageTokens.ts';

/** What an image costs at detail high, given what is known of its size. */
export function tokensAtHigh(prices: ImageTokenPrices, facts: ImageFacts | undefined): TokenRange {
  if (!facts?.width || !facts.height) return highDetailRange(prices);
  const tokens = highDetailTokens(prices, facts.width, facts.height);
  return { min: tokens, max: tokens };
}

/**
 * What an image costs at the detail that it asks for. At auto the model decides and nobody says how: from the cost of
 * low to that of high.
 */
export function imageTokens(
  image: ImageReference,
  facts: ImageFacts | undefined,
  prices: ImageTokenPrices,
): TokenRange {
  const low = lowDetailTokens(prices);
  switch (image.detail?.asString()) {
    case 'low':
      return { min: low, max: low };
    case 'high':
      return tokensAtHigh(prices, facts);
    default:
      return { min: low, max: tokensAtHigh(prices, facts).max };
  }
}

/** `1,105`, or `255 to 1,445`. */
export function formatRange({ min, max }: TokenRange): string {
  return min === max ? formatCount(min) : `${formatCount(min)} to ${formatCount(max)}`;
}
