import { placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { ImageRule } from './rule.ts';

export const imageSize: ImageRule = {
  id: 'image-size',
  summary: 'An image is at most 10 MB, decoded.',
  severity: 'error',
  skipsExample: true,
  scope: 'image',
  *check({ image, facts }, { limits }) {
    const bytes = facts?.byteLength ?? 0;
    if (bytes < limits.warnImageBytes && bytes <= limits.maxImageBytes) return;
    const found = `Image is ${formatCount(bytes)} bytes`;
    if (bytes > limits.maxImageBytes) {
      const limit = formatCount(limits.maxImageBytes);
      yield {
        span: placeOf(image.url),
        message: `${found}; the service takes at most ${limit} and skips this example.`,
      };
    } else {
      // Whether the documented 10 MB are 10,000,000 bytes or 10 × 1024² is not known.
      const limit = formatCount(limits.warnImageBytes - 1);
      yield {
        span: placeOf(image.url),
        severity: 'warning',
        message: `${found}; the service may take at most ${limit} and skip this example.`,
      };
    }
  },
};
