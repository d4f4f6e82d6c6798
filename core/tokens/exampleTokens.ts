import type { ImageFacts } from '../image/imageFacts.ts';
import { inspectImage } from '../image/inspectImage.ts';
import type { LearntImages } from '../image/learntImages.ts';
import type { Profile } from '../profile/profile.ts';
import { imagesOf, type Example, type ImageReference } from '../record/example.ts';
import { exampleTexts, overheadTokens } from './exampleTexts.ts';
import { imageTokens, tokensAtHigh } from './imageCost.ts';
import { lowDetailTokens, type TokenRange } from './imageTokens.ts';
import { countLongTextTokens } from './textTokens.ts';

/** An image with what its bytes say; undefined for one that is somewhere else and was not looked up, or that nobody can read. */
export interface InspectedImage {
  readonly image: ImageReference;
  readonly facts: ImageFacts | undefined;
}

/** What an example costs, as far as that is known. */
export interface ExampleTokens {
  /** Of its texts and of the format around them. */
  readonly text: number;
  /** Of the answers that the model is trained on. */
  readonly trained: number;
  /** Of its images: at the details that they ask for, all at low, and all at high. */
  readonly images: TokenRange;
  readonly imagesAtLow: number;
  readonly imagesAtHigh: TokenRange;
}

/** The images of an example, with what was learnt of those that are on the web. */
export function inspectImages(example: Example, learnt?: LearntImages): readonly InspectedImage[] {
  return imagesOf(example).map(({ image }) => ({
    image,
    facts: inspectImage(image.url.asString() ?? '', learnt),
  }));
}

export function countExampleTokens(
  example: Example,
  images: readonly InspectedImage[],
  { imageTokens: prices, textTokens }: Profile,
): ExampleTokens {
  const texts = [...exampleTexts(example)];
  const countTexts = (areTrained: boolean): number =>
    countLongTextTokens(
      texts.filter(({ isTrained }) => isTrained === areTrained).map(({ text }) => text),
    );
  const trained = countTexts(true);
  return {
    text: trained + countTexts(false) + overheadTokens(example, textTokens),
    trained,
    images: sum(images.map(({ image, facts }) => imageTokens(image, facts, prices))),
    imagesAtLow: images.length * lowDetailTokens(prices),
    imagesAtHigh: sum(images.map(({ facts }) => tokensAtHigh(prices, facts))),
  };
}

function sum(ranges: readonly TokenRange[]): TokenRange {
  return {
    min: ranges.reduce((total, { min }) => total + min, 0),
    max: ranges.reduce((total, { max }) => total + max, 0),
  };
}
