import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const fileBudget: DatasetRule = {
  id: 'file-budget',
  summary: 'The images of a file, times epochs, have no more tokens than a job may train on.',
  // The limit is documented; what happens past it is not.
  severity: 'warning',
  scope: 'dataset',
  *check(
    { lowDetail, highDetail, autoDetail, places },
    { limits, profile: { imageTokens, providerName }, epochs = 1 },
  ) {
    const low = imageTokens.base.value;
    // The smallest image is one tile, and what auto becomes is for the service to say.
    const high = low + imageTokens.tile.value;
    const tokens = ((lowDetail + autoDetail) * low + highDetail * high) * epochs;
    if (tokens <= limits.maxTrainingTokens) return;
    const times = epochs === 1 ? 'in one epoch' : `in ${formatCount(epochs)} epochs`;
    const limit = formatCount(limits.maxTrainingTokens);
    yield {
      line: places.firstRecord ?? 0,
      message: `Images have at least ${formatCount(tokens)} tokens ${times}; ${providerName} trains on at most ${limit} in a job.`,
    };
  },
};
