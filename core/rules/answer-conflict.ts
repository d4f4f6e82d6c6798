import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const answerConflict: DatasetRule = {
  id: 'answer-conflict',
  summary: 'The same question with the same pictures has one answer.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison }) {
    for (const { line, span, firstLine } of comparison.conflictingAnswers) {
      const first = formatCount(firstLine + 1);
      yield {
        line,
        span: { start: span.start, end: span.start + 1 },
        message: `Answer differs from that of line ${first} to the same question with the same pictures.`,
      };
    }
  },
};
