import { setDetail } from '../fixes/detailFixes.ts';
import { describePixels } from '../image/describeImage.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import { placeOf, type ImageReference } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import { formatRange, tokensAtHigh } from '../tokens/imageCost.ts';
import { lowDetailTokens } from '../tokens/imageTokens.ts';
import type { ImageRule } from './rule.ts';

export const imageDetailCost: ImageRule = {
  id: 'image-detail-cost',
  summary: 'Detail low costs the same few tokens whatever the size of the image.',
  severity: 'hint',
  scope: 'image',
  *check({ image, facts }, { profile }) {
    const state = costlyState(image);
    if (!state) return;
    const low = formatCount(lowDetailTokens(profile.imageTokens));
    const high = formatRange(tokensAtHigh(profile.imageTokens, facts));
    yield {
      span: placeOf(image.detail ?? image.url),
      message: `Detail is ${state}; low costs ${low} tokens, high ${high} for ${nameSize(facts)}.`,
      fixes: () => [setDetail(image, 'low')].flatMap((fix) => fix ?? []),
    };
  },
};

/** Undefined where nothing can be saved, or where there is no image or no detail that makes sense. */
function costlyState({ object, url, detail }: ImageReference): string | undefined {
  if (!object || url.isEmptyString) return undefined;
  if (!detail) return 'left at auto';
  const level = detail.asString();
  return level === 'high' || level === 'auto' ? level : undefined;
}

function nameSize(facts: ImageFacts | undefined): string {
  return facts?.width && facts.height
    ? `this ${describePixels(facts.width, facts.height)} image`
    : 'an image of unknown size';
}
