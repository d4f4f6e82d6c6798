import { setDetailOfAll } from '../fixes/detailFixes.ts';
import type { LearntImages } from '../image/learntImages.ts';
import type { Profile } from '../profile/profile.ts';
import { imagesOf, placeOf, type Example, type PlacedImage } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import { countExampleTokens, inspectImages } from '../tokens/exampleTokens.ts';
import { highDetailRange } from '../tokens/imageTokens.ts';
import type { RecordRule } from './rule.ts';

export const exampleTooLong: RecordRule = {
  id: 'example-too-long',
  summary: 'An example has no more tokens than the model trains on.',
  severity: 'error',
  scope: 'record',
  *check({ example }, { profile, limits: { maxExampleTokens: limit }, learnt }) {
    const images = imagesOf(example);
    if (!example.messagesValue || cannotExceed(example, images, profile, limit)) return;
    const tokens = countTokens(example, profile, learnt);
    if (tokens.max <= limit) return;
    const end = nameEnd(example);
    yield {
      span: placeOf(example.messagesValue),
      ...(tokens.min > limit
        ? { message: describeCertain(tokens, limit, end) }
        : { message: describePossible(tokens, limit, end), severity: 'warning' as const }),
      fixes: () => (tokens.allLow <= limit ? setDetailOfAll(images, 'low') : []),
    };
  },
};

/**
 * Whether an example is within the limit even if each byte of its text is a token and each image as dear as can be.
 * Nearly all are, and cost no counting: three bytes to a UTF-16 unit, and more characters of JSON around each message
 * than the format adds tokens.
 */
function cannotExceed(
  { root }: Example,
  images: readonly PlacedImage[],
  profile: Profile,
  limit: number,
): boolean {
  let characters = root.span.end - root.span.start;
  for (const { image } of images) characters -= image.url.span.end - image.url.span.start;
  return characters <= sureCharacters(images.length, profile, limit);
}

/** Characters of a record, but for its images, with which an example is within the limit for certain. */
export function sureCharacters(
  images: number,
  { imageTokens: prices }: Profile,
  limit: number,
): number {
  return Math.floor((limit - images * highDetailRange(prices).max) / 3);
}

/** What an example costs. */
interface Cost {
  /** With auto taken as low. */
  readonly min: number;
  /** With auto taken as high. */
  readonly max: number;
  /** With detail low for every image. */
  readonly allLow: number;
}

function countTokens(example: Example, profile: Profile, learnt: LearntImages | undefined): Cost {
  const { text, images, imagesAtLow } = countExampleTokens(
    example,
    inspectImages(example, learnt),
    profile,
  );
  return { min: text + images.min, max: text + images.max, allLow: text + imagesAtLow };
}

/** `Example is about 70,912 tokens; the model trains on the first 65,536, so the answer is cut; detail low would save 65,280.` */
function describeCertain(tokens: Cost, limit: number, end: string): string {
  const { min, max, allLow } = tokens;
  const found = `${min === max ? 'about' : 'at least'} ${formatCount(min)} tokens`;
  return describe(found, limit, `${end} is cut`, min - allLow);
}

function describePossible({ max, allLow }: Cost, limit: number, end: string): string {
  return describe(`up to ${formatCount(max)} tokens`, limit, `${end} may be cut`, max - allLow);
}

function describe(found: string, limit: number, loss: string, saving: number): string {
  const remedy = saving > 0 ? `; detail low would save ${formatCount(saving)}` : '';
  return `Example is ${found}; the model trains on the first ${formatCount(limit)}, so ${loss}${remedy}.`;
}

/** What stands last is lost first. */
function nameEnd({ messages }: Example): string {
  return messages.at(-1)?.role === 'assistant' ? 'the answer' : 'its end';
}
