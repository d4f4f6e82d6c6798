import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const tooFewExamples: DatasetRule = {
  id: 'too-few-examples',
  summary: 'A training file has at least 10 examples.',
  severity: 'error',
  scope: 'dataset',
  *check({ records, places }, { limits }) {
    if (records >= limits.minExamples) return;
    const examples = records === 1 ? '1 example' : `${formatCount(records)} examples`;
    yield {
      line: places.firstRecord ?? 0,
      message: `File has ${examples}; the service refuses a file with fewer than ${formatCount(limits.minExamples)}.`,
    };
  },
};
