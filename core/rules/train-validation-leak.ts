import { formatCount } from '../text/formatCount.ts';
import { quote } from '../text/quote.ts';
import type { DatasetRule } from './rule.ts';

export const trainValidationLeak: DatasetRule = {
  id: 'train-validation-leak',
  summary: 'A training file has no example and no image of its validation file.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison, companion }) {
    if (!companion) return;
    const { name, uri } = companion;
    for (const { line, place, otherLine } of comparison.shared) {
      const what = place ? 'Image' : 'Example';
      const other = `in ${quote(name)}, line ${formatCount(otherLine + 1)}`;
      yield {
        line,
        ...(place && { span: place }),
        message: `${what} stands ${other} too; what is trained on does not validate.`,
        related: { line: otherLine, message: `The same ${what.toLowerCase()}`, name, uri },
      };
    }
  },
};
