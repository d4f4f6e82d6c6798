import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const skipLimit: DatasetRule = {
  id: 'skip-limit',
  summary: 'No more examples are certain to be skipped than a job bears.',
  severity: 'error',
  scope: 'dataset',
  *check({ skipped, places }, { limits, profile }) {
    const line = places.firstExcessSkipped;
    if (line === undefined) return;
    const limit = formatCount(limits.maxSkippedExamples);
    yield {
      line,
      message: `${formatCount(skipped)} examples have images that are skipped; ${profile.providerName} fails the job past ${limit}.`,
    };
  },
};
