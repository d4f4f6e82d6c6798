import { formatCount } from '../core/text/formatCount.ts';
import type { FileStatus, RecordFacts } from '../server/protocol.ts';

/** `1,204 records · 1,310 images · 2 errors`. */
export function describeStatus({
  state,
  records,
  images,
  counts,
}: Pick<FileStatus, 'state' | 'records' | 'images' | 'counts'>): string {
  if (state === 'ignored') return 'Not training data';
  return [count(records, 'record'), count(images, 'image'), ...describeCounts(counts)].join(' · ');
}

/** `This record: 2 images · about 192 to 1,212 tokens`. */
export function describeRecord({ images, tokens: { min, max } }: RecordFacts): string {
  const range = min === max ? formatCount(min) : `${formatCount(min)} to ${formatCount(max)}`;
  return `This record: ${count(images, 'image')} · about ${range} tokens`;
}

/** `2 errors`, `1 warning`, `3 hints`; `no problem` where there is none. */
function describeCounts({ error, warning, info, hint }: FileStatus['counts']): string[] {
  const parts = [
    error ? count(error, 'error') : '',
    warning ? count(warning, 'warning') : '',
    info ? `${formatCount(info)} information` : '',
    hint ? count(hint, 'hint') : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts : ['no problem'];
}

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}
