import { basename } from 'node:path';
import { describeStatistics } from '../../core/check/describeStatistics.ts';
import { describeCounts } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { findProfile } from '../../core/profile/profiles.ts';
import type { Preflight } from '../../core/service/preflight.ts';
import { describeRoom, type StoredFiles } from '../../core/service/room.ts';
import { describeSkippable } from '../../core/service/skippable.ts';
import { countOf } from '../../core/finding/words.ts';
import { describeUpload } from '../../core/service/uploadWords.ts';
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
  /** What is stored there already, as far as the service tells. */
  readonly stored: StoredFiles | undefined;
}

/** What a person should have read before money is spent: a line each. */
export function describeSubmission(confirmation: Confirmation): string {
  const { connection, training, validation, wishes } = confirmation;
  const { base, surface } = connection.endpoint;
  const skippable = describeSkippable(training.statistics, training.checked);
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
    skippable !== undefined && `Could be skipped: ${skippable}`,
    describeFindings(training),
    describeLargeUpload(confirmation),
    describeStored(confirmation),
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

/** Errors have stopped the submission before. */
function describeFindings({ report }: Preflight): string | undefined {
  const counts = { ...report.counts, error: 0, hint: 0 };
  const words = [...describeCounts(counts)].map(([, each]) => each).join(', ');
  return words === '' ? undefined : `Findings: ${words}`;
}

function byteLengthsOf({ training, validation }: Confirmation): readonly number[] {
  return [training, validation].flatMap((file) => file?.checked.digest.byteLength ?? []);
}

function describeLargeUpload(confirmation: Confirmation): string | undefined {
  const { surface } = confirmation.connection.endpoint;
  const words = describeUpload(surface, Math.max(...byteLengthsOf(confirmation)));
  return words === undefined ? undefined : `Upload: ${words}`;
}

function describeStored(confirmation: Confirmation): string | undefined {
  const { stored, wishes, connection } = confirmation;
  const { endpoint } = connection;
  const profile = findProfile(endpoint.provider, wishes.model) ?? findProfile(endpoint.provider);
  if (!stored || !profile) return undefined;
  return `Stored there: ${describeRoom(stored, profile, byteLengthsOf(confirmation))}`;
}
