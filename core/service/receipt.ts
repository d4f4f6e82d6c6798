import { basename } from 'node:path';
import { countOf } from '../finding/words.ts';
import { formatCount } from '../text/formatCount.ts';
import { makeVisible } from '../text/quote.ts';
import type { Job } from './jobs.ts';
import type { Submission } from './journal.ts';
import type { Reconciliation } from './reconcile.ts';

/** What is kept of a submission: what was sent where, and what came of it. Plain data, without a secret. */
export interface Receipt {
  readonly submission: Submission;
  readonly job: Job;
  readonly reconciliation: Reconciliation;
}

/** As a page to read. */
export function writeReceipt({ submission, job, reconciliation }: Receipt): string {
  const { training, validation, endpoint } = submission;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Job', job.id],
    ['Status', job.status],
    ['Model', job.model],
    ['Tuned model', job.fineTunedModel],
    ['Endpoint', endpoint.base],
    ['Created', dateOf(job.createdAt ?? submission.createdAt)],
    ['Finished', job.finishedAt === undefined ? undefined : dateOf(job.finishedAt)],
    ['Training file', describeFile(training)],
    ['Validation file', validation && describeFile(validation)],
    ['Epochs', job.epochs?.toString()],
    ['Batch size', job.batchSize?.toString()],
    ['Learning rate multiplier', job.learningRateMultiplier?.toString()],
    ['Seed', job.seed?.toString()],
    [
      'Trained tokens',
      job.trainedTokens === undefined ? undefined : formatCount(job.trainedTokens),
    ],
    ['Error', job.error?.message],
    ['Submission', submission.id],
  ];
  const table = rows
    .filter((row): row is readonly [string, string] => row[1] !== undefined)
    .map(([name, value]) => `| ${name} | ${cell(value)} |`);
  return [
    `# ${cell(basename(training.path))}`,
    '',
    '| | |',
    '| --- | --- |',
    ...table,
    '',
    '## Examples',
    '',
    ...describeExamples(reconciliation),
    '',
  ].join('\n');
}

/** What became of the examples, a line each. */
export function describeExamples(reconciliation: Reconciliation): string[] {
  const { sent, skipped, reasons, refused } = reconciliation;
  const known =
    skipped === undefined
      ? 'How many were left out, the service did not say.'
      : `${formatCount(skipped)} ${wereOf(skipped)} left out:`;
  return [
    `${countOf(sent, 'example')} ${wereOf(sent)} sent. ${known}`,
    ...reasons.map(
      ({ reason, count, lines }) =>
        `- ${cell(reason)}: ${formatCount(count)}${describeLines(lines)}`,
    ),
    ...refused.map(({ example, message }) => `- Example ${example}: ${cell(message)}`),
    ...describeCandidates(reconciliation),
  ];
}

function wereOf(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** `, line 7`, `, lines 3, 9` */
function describeLines(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  return `, ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}

/** Our own guess, told apart from what the service says. */
function* describeCandidates({ candidates }: Reconciliation): Generator<string> {
  if (candidates.length === 0) return;
  yield 'Which, the service leaves open. Likely by our own check:';
  for (const { line, reason } of candidates.slice(0, mostCandidates)) {
    yield `- line ${line}: ${cell(reason)}`;
  }
  const others = candidates.length - mostCandidates;
  if (others > 0) yield `- and ${formatCount(others)} more`;
}

/** More make a list that nobody reads. */
const mostCandidates = 20;

function describeFile({ path, byteLength, sha256, records }: Submission['training']): string {
  return `${basename(path)}, ${formatCount(records)} records, ${formatCount(byteLength)} bytes, SHA-256 ${sha256}`;
}

function dateOf(time: number): string {
  return new Date(time).toISOString();
}

/** Somebody's text, in a table: no mark-up and no line of its own. */
function cell(text: string): string {
  return makeVisible(text).replaceAll(/[\\|<>`*_[\]]/g, '\\$&');
}
