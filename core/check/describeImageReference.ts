import { describeImage } from '../image/describeImage.ts';
import { readEmbeddedImage, type EmbeddedImage } from '../image/inspectImage.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import type { LearntImages } from '../image/learntImages.ts';
import type { Profile } from '../profile/profile.ts';
import type { ImageReference } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import { formatRange, tokensAtHigh } from '../tokens/imageCost.ts';
import { lowDetailTokens } from '../tokens/imageTokens.ts';

/** An image of a record, with its bytes and what they say unless they are somewhere else. */
export interface ReadImage {
  readonly image: ImageReference;
  readonly url: string;
  readonly embedded: EmbeddedImage | undefined;
}

export function readImageReference(image: ImageReference): ReadImage {
  const url = image.url.asString() ?? '';
  return { image, url, embedded: readEmbeddedImage(url) };
}

/**
 * An image in words, a line each: what it is, unless it is somewhere else and nobody looked it up, for nothing is fetched;
 * and what it costs by detail, unless it is not known yet who would train on it.
 */
export function describeImageReference(
  { image, url, embedded }: ReadImage,
  profile: Profile | undefined,
  learnt?: LearntImages,
): readonly string[] {
  const facts = embedded ? embedded.facts : learnt?.about(url)?.facts;
  const words = facts ? [describeImage(facts)] : [];
  if (profile) words.push(describeCost(image, facts, profile));
  return words;
}

/** `detail auto: 85 (low) or 1,105 (high) tokens`, `detail low: 85 tokens`. */
function describeCost(
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
