import { correctDetail, detailLevels } from '../fixes/detailFixes.ts';
import { placeOf } from '../record/example.ts';
import { nameKind } from '../record/nameKind.ts';
import { quote } from '../text/quote.ts';
import type { ImageRule } from './rule.ts';

export const imageDetail: ImageRule = {
  id: 'image-detail',
  summary: 'The detail of an image is low, high or auto.',
  // Documented values, but what the service does with another one is not.
  severity: 'warning',
  scope: 'image',
  *check({ image }) {
    const { detail } = image;
    if (!detail) return;
    const level = detail.asString();
    if (detailLevels.some((known) => known === level)) return;
    const found = level === undefined ? nameKind(detail.kind) : quote(level);
    yield {
      span: placeOf(detail),
      message: `Detail is ${found}; expected low, high or auto, else it may be refused.`,
      fixes: () => correctDetail(image),
    };
  },
};
