import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const answerConflict: DatasetRule = {
  id: 'answer-conflict',
  summary: 'The same question about the same images has one answer.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison }) {
    for (const { line, place, firstLine } of comparison.conflictingAnswers) {
      const first = formatCount(firstLine + 1);
      yield {
        line,
        span: place,
        message: `Answer differs from the one in line ${first} to the same question; expected one answer to learn.`,
        related: { line: firstLine, message: 'The same question, answered otherwise' },
      };
    }
  },
};
