import { placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { ImageRule } from './rule.ts';

export const imageSize: ImageRule = {
  id: 'image-size',
  summary: 'An image is at most 10 MB, decoded.',
  severity: 'error',
  scope: 'image',
  *check({ image, facts }, { limits }) {
    const bytes = facts?.byteLength ?? 0;
    const found = `Image is ${formatCount(bytes)} bytes`;
    if (bytes > limits.maxImageBytes) {
      const limit = formatCount(limits.maxImageBytes);
      yield { span: placeOf(image.url), message: `${found}; the service takes at most ${limit} and skips this example.` };
    } else if (bytes >= limits.warnImageBytes) {
      yield {
        span: placeOf(image.url),
        severity: 'warning',
        message: `${found}; the limit of 10 MB may be 10,000,000, and then the service skips this example.`,
      };
    }
  },
};
