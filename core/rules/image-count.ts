import { imagesOf, placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { RecordRule } from './rule.ts';

export const imageCount: RecordRule = {
  id: 'image-count',
  summary: 'An example has no more images than the provider takes.',
  severity: 'error',
  skipsExample: true,
  scope: 'record',
  *check({ example }, { limits, profile }) {
    const images = [...imagesOf(example)];
    const firstExcess = images[limits.maxImagesPerExample];
    if (!firstExcess) return;
    const found = `Example has ${formatCount(images.length)} images`;
    const limit = formatCount(limits.maxImagesPerExample);
    yield {
      span: placeOf(firstExcess.image.url),
      message: `${found}; ${profile.providerName} takes at most ${limit} in an example.`,
    };
  },
};
