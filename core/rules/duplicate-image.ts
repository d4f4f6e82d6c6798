import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const duplicateImage: DatasetRule = {
  id: 'duplicate-image',
  summary: 'Every example has images of its own.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison }) {
    for (const { line, place, firstLine, examples } of comparison.repeatedImages) {
      const first = formatCount(firstLine + 1);
      const count = examples === 2 ? 'both examples' : `${formatCount(examples)} examples`;
      yield {
        line,
        span: place,
        message: `Image is the one in line ${first}; ${count} with it teach less than different ones.`,
        related: { line: firstLine, message: 'The same image' },
      };
    }
  },
};
