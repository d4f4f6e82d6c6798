import { countOf } from '../finding/words.ts';
import { formatCount } from '../text/formatCount.ts';
import { formatRange } from '../tokens/imageCost.ts';
import type { TokenRange } from '../tokens/imageTokens.ts';
import type { Statistics } from './statistics.ts';

/** A line of a table: what is counted, and how much. */
export type StatisticsRow = readonly [name: string, value: string];

/** The numbers of a file in words, the names as wide as each other: the same in a terminal and in an editor. */
export function describeStatistics(statistics: Statistics): readonly StatisticsRow[] {
  const rows = describeAll(statistics);
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => [name.padEnd(width), value]);
}

function describeAll(statistics: Statistics): readonly StatisticsRow[] {
  const { tokens, images } = statistics;
  return [
    ['Records', describeRecords(statistics)],
    ...(images > 0 ? describeImages(statistics) : []),
    ['Text', `${formatCount(tokens.text)} tokens`],
    ['Together', `${formatRange(tokens.paid)} tokens an epoch`],
    ['Trained on', `${formatCount(tokens.trained)} tokens of answers`],
    ['Epochs', describeEpochs(statistics)],
    ...describeJob(statistics),
    ['Cost', describeCost(statistics)],
    ...(images > 0 ? [['All at low', describeSaving(statistics)] as const] : []),
    ...describeLongest(statistics),
    ['Repeated', describeRepeated(statistics)],
  ];
}

function describeRecords({ records, imageExamples, unreadable }: Statistics): string {
  const parts = [formatCount(records), `${formatCount(imageExamples)} with images`];
  if (unreadable > 0) parts.push(`${formatCount(unreadable)} not JSON or without messages`);
  return parts.join(', ');
}

function* describeImages(statistics: Statistics): Generator<StatisticsRow> {
  const { images, formats, details, sizes, tokens } = statistics;
  yield ['Images', formatCount(images)];
  yield ['  format', describeParts(Object.entries(formats), nameFormat)];
  yield ['  detail', describeParts(Object.entries(details), (detail) => detail)];
  yield ['  longer side', describeParts(Object.entries(sizes), nameSize)];
  const { images: asked, imagesAtLow, imagesAtHigh } = tokens;
  const ends = `all at low ${formatCount(imagesAtLow)}, all at high ${formatRange(imagesAtHigh)}`;
  yield ['  tokens', `${formatRange(asked)}; ${ends}`];
}

/** `900 jpeg, 10 by address`: what there is of. */
function describeParts(
  counts: readonly (readonly [name: string, count: number])[],
  nameOf: (name: string) => string,
): string {
  return counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${formatCount(count)} ${nameOf(name)}`)
    .join(', ');
}

function nameFormat(format: string): string {
  return format === 'address'
    ? 'by address'
    : format === 'unknown'
      ? 'that cannot be read'
      : format;
}

function nameSize(size: string): string {
  if (size === 'unknown') return 'of unknown size';
  return size === 'larger' ? 'over 2,048 px' : `up to ${formatCount(Number(size))} px`;
}

function describeEpochs({ epochs, providerName }: Statistics): string {
  if (!epochs) return `not known: ${providerName} does not document how it chooses; set epochs`;
  const count = formatCount(epochs.count);
  if (epochs.from === 'user') return `${count}, as set`;
  return `${count}, as ${providerName} is said to choose (${epochs.from.source}, ${epochs.from.date})`;
}

/** Nothing while the job is within its limit. */
function* describeJob({ job, epochs, providerName }: Statistics): Generator<StatisticsRow> {
  if (!job || job.tokens.max <= job.limit) return;
  const verdict = job.tokens.min > job.limit ? 'too long' : 'may be too long';
  const times = epochs ? countOf(epochs.count, 'epoch') : 'one epoch';
  const found = `${formatRange(job.tokens)} tokens in ${times}`;
  const limit = formatCount(job.limit);
  yield ['Job', `${verdict}: ${found}; ${providerName} trains on at most ${limit} in a job`];
}

function describeCost({ cost, price, providerName }: Statistics): string {
  if (!price) return `not known: ${providerName} documents no price`;
  if (!cost) return 'not known without the number of epochs';
  const rate = `${formatDollars(price.value)} for a million tokens`;
  return `${formatDollarRange(cost)} at ${rate} (${price.source}, ${price.date})`;
}

function describeSaving({ savedAtLow: { tokens, dollars }, epochs }: Statistics): string {
  if (tokens.max === 0) return 'saves nothing';
  const span = epochs ? '' : ' an epoch';
  const money = dollars ? `, ${formatDollarRange(dollars)}` : '';
  return `saves ${formatRange(tokens)} tokens${span}${money}`;
}

function describeLongest({ longest }: Statistics): readonly StatisticsRow[] {
  return longest.map(({ line, tokens }, index) => [
    index === 0 ? 'Longest' : '',
    `line ${formatCount(line)}: ${formatRange(tokens)} tokens`,
  ]);
}

function describeRepeated({ repeatedExamples, repeatedImages }: Statistics): string {
  const examples = `${formatCount(repeatedExamples)} ${repeatedExamples === 1 ? 'example' : 'examples'}`;
  const images = `${formatCount(repeatedImages)} ${repeatedImages === 1 ? 'image' : 'images'}`;
  return `${examples}, ${images} in several examples`;
}

/** `$1.20 to $3.40` */
function formatDollarRange({ min, max }: TokenRange): string {
  const [from, to] = [formatDollars(min), formatDollars(max)];
  return from === to ? from : `${from} to ${to}`;
}

/** A cent is the least. */
function formatDollars(dollars: number): string {
  if (dollars > 0 && dollars < 0.01) return 'less than $0.01';
  const [whole = '', cents = ''] = dollars.toFixed(2).split('.');
  return `$${formatCount(Number(whole))}.${cents}`;
}
