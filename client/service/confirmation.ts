import { basename } from 'node:path';
import { describeStatistics } from '../../core/check/describeStatistics.ts';
import { describeCounts } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import type { Preflight } from '../../core/service/preflight.ts';
import { countOf } from '../../core/finding/words.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { describeWish, wishesOf, wishTitles } from './wishes.ts';
import type { Connection } from './connection.ts';

/** Hexadecimal digits of a hash that people compare. */
const shownDigits = 16;

export interface Confirmation {
  readonly connection: Connection;
  readonly training: Preflight;
  readonly validation: Preflight | undefined;
  readonly wishes: JobWishes;
}

/** What a person should have read before money is spent: a line each. */
export function describeSubmission(confirmation: Confirmation): string {
  const { connection, training, validation, wishes } = confirmation;
  const { base, surface } = connection.endpoint;
  const { statistics } = training;
  const rows = new Map(describeStatistics(statistics).map(([name, value]) => [name.trim(), value]));
  const chosen = wishesOf(surface).filter((name) => name === 'tier' || wishes[name] !== undefined);
  return [
    `To: ${base.origin}${connection.isPractice ? ', which trains nothing and costs nothing' : ''}`,
    `Training: ${describeFile(training)}`,
    validation && `Validation: ${describeFile(validation)}`,
    `Model: ${wishes.model}`,
    ...chosen
      .filter((name) => name !== 'epochs')
      .map((name) => `${wishTitles[name]}: ${describeWish(name, wishes)}`),
    `Epochs: ${rows.get('Epochs') ?? ''}`,
    `Tokens: ${rows.get('Together') ?? ''}`,
    rows.has('Job') && `Length: ${rows.get('Job') ?? ''}`,
    `Cost: ${rows.get('Cost') ?? ''}`,
    `May be left out: ${describeRisks(training)}`,
  ]
    .filter((line) => typeof line === 'string')
    .join('\n');
}

function describeFile({ checked, report, statistics }: Preflight): string {
  const { file, digest } = checked;
  return [
    makeVisible(basename(file.path)),
    formatBytes(digest.byteLength),
    countOf(report.records, 'record'),
    countOf(statistics.images, 'image'),
    `SHA-256 ${digest.sha256.slice(0, shownDigits)}…`,
  ].join(', ');
}

/** What our check says of examples that the service may skip. It does not know what the service's screening finds. */
function describeRisks({ report }: Preflight): string {
  const { warning, error } = report.counts;
  const counts = { warning, error, info: 0, hint: 0 };
  const [found] = [...describeCounts(counts)].map(([, words]) => words);
  const ours = found === undefined ? 'nothing that the check found' : `${found} of the check`;
  return `${ours}; what the service's screening finds is not known.`;
}
