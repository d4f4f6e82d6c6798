import { removeCopy } from '../fixes/copyFixes.ts';
import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const duplicateExample: DatasetRule = {
  id: 'duplicate-example',
  summary: 'No example stands in a file twice.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison }) {
    for (const { line, firstLine } of comparison.repeatedExamples) {
      const first = formatCount(firstLine + 1);
      yield {
        line,
        message: `Example is the same as in line ${first}; it is trained on and paid for once more.`,
        fixes: () => [removeCopy],
        related: { line: firstLine, message: 'The same example' },
      };
    }
  },
};
