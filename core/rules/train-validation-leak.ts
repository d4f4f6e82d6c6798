import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';
import type { DatasetRule } from './rule.ts';

export const trainValidationLeak: DatasetRule = {
  id: 'train-validation-leak',
  summary: 'A training file and its validation file have no example and no picture in common.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison, companionName = '' }) {
    for (const { kind, line, span, otherLine } of comparison.shared) {
      const what = kind === 'example' ? 'Example' : 'Image';
      const place = `in ${quote(companionName)}, line ${formatCount(otherLine + 1)}`;
      yield {
        line,
        span,
        message: `${what} stands ${place} too; what is trained on does not validate.`,
      };
    }
  },
};
