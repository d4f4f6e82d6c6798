import { countOf, describeCounts, noProblems } from '../core/finding/words.ts';
import { formatCount } from '../core/text/formatCount.ts';
import type { FileStatus, RecordFacts } from '../server/protocol.ts';

/** `1,204 records · 1,310 images · 2 errors`; of a check that goes on, what it has found so far. */
export function describeStatus({
  state,
  records,
  images,
  counts,
}: Pick<FileStatus, 'state' | 'records' | 'images' | 'counts'>): string {
  if (state === 'ignored') return 'Not training data';
  if (state === 'failed') return 'Check failed; the output says why';
  const problems = [...describeCounts(counts)].map(([, words]) => words);
  if (state === 'checking') problems.push('still checking');
  else if (problems.length === 0) problems.push(noProblems);
  return [countOf(records, 'record'), countOf(images, 'image'), ...problems].join(' · ');
}

/** `This record: 2 images · about 192 to 1,212 tokens`. */
export function describeRecord(facts: RecordFacts): string {
  return `This record: ${describeCost(facts)}`;
}

/** `2 images · about 192 to 1,212 tokens`. */
export function describeCost({ images, tokens: { min, max } }: RecordFacts): string {
  const range = min === max ? formatCount(min) : `${formatCount(min)} to ${formatCount(max)}`;
  return `${countOf(images, 'image')} · about ${range} tokens`;
}
