import { formatName } from '../image/describeImage.ts';
import { acceptedFormatOf, type ImageFacts } from '../image/imageFacts.ts';
import { placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { ImageRule } from './rule.ts';

export const imageAnimated: ImageRule = {
  id: 'image-animated',
  summary: 'An image is a single picture, without others behind it.',
  severity: 'hint',
  scope: 'image',
  *check({ image, facts }) {
    const found = facts && describe(facts);
    if (found === undefined) return;
    yield {
      span: placeOf(image.url),
      message: `Image ${found}; whether the service takes it, and which picture, is not documented.`,
    };
  },
};

function describe(facts: ImageFacts): string | undefined {
  const format = acceptedFormatOf(facts);
  const { isAnimated, frames } = facts;
  if (!format) return undefined;
  const count = frames === undefined ? '' : ` of ${formatCount(frames)} frames`;
  if (isAnimated) return `is an animated ${formatName(format)}${count}`;
  return frames === undefined
    ? undefined
    : `is a ${formatName(format)} with ${formatCount(frames)} pictures in it`;
}
