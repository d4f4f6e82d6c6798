import { formatCount } from '../text/formatCount.ts';
import { span } from '../text/span.ts';
import type { DatasetRule } from './rule.ts';

export const tooFewExamples: DatasetRule = {
  id: 'too-few-examples',
  summary: 'A training file has at least 10 examples.',
  severity: 'error',
  scope: 'dataset',
  *check({ records, places }, { limits }) {
    if (records >= limits.minExamples) return;
    const examples = records === 1 ? '1 example' : `${formatCount(records)} examples`;
    const { firstRecord } = places;
    yield {
      line: firstRecord ?? 0,
      // Where there is no record there need not be a character.
      ...(firstRecord === undefined && { span: span(0, 0) }),
      message: `File has ${examples}; the service refuses a file with fewer than ${formatCount(limits.minExamples)}.`,
    };
  },
};
