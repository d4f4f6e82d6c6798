import { setDetail } from '../fixes/detailFixes.ts';
import { describePixels } from '../image/describeImage.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import type { ImageTokenPrices } from '../profile/profile.ts';
import { placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import { highDetailRange, highDetailTokens, lowDetailTokens } from '../tokens/imageTokens.ts';
import type { ImageRule } from './rule.ts';

export const imageDetailCost: ImageRule = {
  id: 'image-detail-cost',
  summary: 'Detail low costs the same few tokens whatever the size of the image.',
  severity: 'hint',
  scope: 'image',
  *check({ image, facts }, { profile }) {
    if (!image.object) return;
    const level = image.detail?.asString() ?? 'auto';
    if (level === 'low') return;
    const low = formatCount(lowDetailTokens(profile.imageTokens));
    const { high, subject } = costAtHigh(profile.imageTokens, facts);
    const state = level === 'high' ? 'high' : image.detail ? 'auto' : 'left at auto';
    yield {
      span: placeOf(image.detail ?? image.url),
      message: `Detail is ${state}; low costs ${low} tokens, high ${high} for ${subject}.`,
      fixes: () => [setDetail(image, 'low')].flatMap((fix) => fix ?? []),
    };
  },
};

function costAtHigh(prices: ImageTokenPrices, facts: ImageFacts | undefined): { high: string; subject: string } {
  if (facts?.width && facts.height) {
    const high = formatCount(highDetailTokens(prices, facts.width, facts.height));
    return { high, subject: `this ${describePixels(facts.width, facts.height)} image` };
  }
  const { min, max } = highDetailRange(prices);
  return { high: `${formatCount(min)} to ${formatCount(max)}`, subject: 'an image of unknown size' };
}
