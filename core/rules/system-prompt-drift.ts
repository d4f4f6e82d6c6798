import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

/** Of the examples with a system prompt. With no prompt as frequent as this the file has several tasks, and no drift. */
const leastShare = 0.9;

export const systemPromptDrift: DatasetRule = {
  id: 'system-prompt-drift',
  summary: 'Where nearly all examples share a system prompt, all do.',
  severity: 'info',
  scope: 'dataset',
  *check({ comparison }) {
    const { different, mostFrequent, examples, firstOtherLine } = comparison.systemPrompts;
    if (firstOtherLine === undefined || mostFrequent < examples * leastShare) return;
    const share = `${formatCount(mostFrequent)} of ${formatCount(examples)} examples`;
    yield {
      line: firstOtherLine,
      message: `System prompt is not that of ${share}; the file has ${formatCount(different)} different ones.`,
    };
  },
};
