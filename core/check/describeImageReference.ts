import { describeImage } from '../image/describeImage.ts';
import { inspectImage } from '../image/inspectImage.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import type { Profile } from '../profile/profile.ts';
import type { ImageReference } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';
import { formatRange, tokensAtHigh } from '../tokens/imageCost.ts';
import { lowDetailTokens } from '../tokens/imageTokens.ts';

/**
 * An image in words, a line each: what it is, and what it costs by detail. For a picture somewhere else, its address
 * instead of what it is: nothing is fetched.
 */
export function describeImageReference(image: ImageReference, profile: Profile): readonly string[] {
  const url = image.url.asString() ?? '';
  const facts = inspectImage(url);
  return [
    facts ? describeImage(facts) : `Image at ${quote(url)}`,
    describeCost(image, facts, profile),
  ];
}

/** `detail auto: 85 (low) or 1,105 (high) tokens`, `detail low: 85 tokens`. */
export function describeCost(
  image: ImageReference,
  facts: ImageFacts | undefined,
  profile: Profile,
): string {
  const prices = profile.imageTokens;
  const low = formatCount(lowDetailTokens(prices));
  const high = formatRange(tokensAtHigh(prices, facts));
  switch (image.detail?.asString() ?? 'auto') {
    case 'low':
      return `detail low: ${low} tokens (high: ${high})`;
    case 'high':
      return `detail high: ${high} tokens (low: ${low})`;
    default:
      return `detail auto: ${low} (low) or ${high} (high) tokens`;
  }
}
