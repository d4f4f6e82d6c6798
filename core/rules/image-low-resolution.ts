import { describePixels } from '../image/describeImage.ts';
import { placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { ImageRule } from './rule.ts';

export const imageLowResolution: ImageRule = {
  id: 'image-low-resolution',
  summary: 'The shorter side of an image is long enough for something to be seen on it.',
  severity: 'info',
  scope: 'image',
  *check({ image, facts }, { limits: { minShortSide } }) {
    const { width, height } = facts ?? {};
    if (width === undefined || height === undefined) return;
    if (Math.min(width, height) >= minShortSide) return;
    yield {
      span: placeOf(image.url),
      message: `Image has ${describePixels(width, height)} pixels, the shorter side fewer than ${formatCount(minShortSide)}; a model sees little on it.`,
    };
  },
};
