import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const skipLimit: DatasetRule = {
  id: 'skip-limit',
  summary: 'No more examples are certain to be skipped than a job bears.',
  severity: 'error',
  scope: 'dataset',
  *check({ skipped, skippedAtMost, places }, { limits, profile }) {
    const { firstExcessSkipped, firstExcessSkippedAtMost } = places;
    const line = firstExcessSkipped ?? firstExcessSkippedAtMost;
    if (line === undefined) return;
    const limit = formatCount(limits.maxSkippedExamples);
    const [least, most] = [formatCount(skipped), formatCount(skippedAtMost)];
    const range =
      skipped === skippedAtMost
        ? `${least} examples have`
        : `Between ${least} and ${most} examples, the upper number by the forecast, have`;
    yield {
      line,
      // A forecast that comes true in full is the worst case, and no more than advice.
      ...(firstExcessSkipped === undefined && { severity: 'info' }),
      message: `${range} images that are skipped; ${profile.providerName} fails the job past ${limit}.`,
    };
  },
};
