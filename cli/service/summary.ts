import { basename } from 'node:path';
import { describeStatistics } from '../../core/check/describeStatistics.ts';
import type { Statistics } from '../../core/check/statistics.ts';
import { countOf, describeCounts } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import { describeNotice, noticesAt } from '../../core/profile/notices.ts';
import { isLoopback, type Endpoint } from '../../core/service/endpoint.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { describeRoom, type StoredFiles } from '../../core/service/room.ts';
import { describeSkippable } from '../../core/service/skippable.ts';
import { surfaces } from '../../core/service/surfaces.ts';
import { describeUpload } from '../../core/service/uploadWords.ts';
import { makeVisible } from '../../core/text/quote.ts';
import type { Paint } from '../style.ts';
import { wrap } from '../wrap.ts';
import type { InspectedFile, InspectedFiles } from './inspectFiles.ts';
import { describeRows, type Row } from './rows.ts';

/** What is about to happen, on which a person decides. */
export interface Proposal {
  readonly files: InspectedFiles;
  readonly wishes: JobWishes;
  readonly endpoint: Endpoint;
  /** What is stored there already, as far as the service tells. */
  readonly stored: StoredFiles | undefined;
}

/** As text for a terminal, ending in a line feed. */
export function describeProposal(
  { files, wishes, endpoint, stored }: Proposal,
  {
    paint,
    width,
    today,
  }: { readonly paint: Paint; readonly width: number; readonly today: string },
): string {
  const { training, validation } = files;
  const { profile } = training.context;
  const rows: Row[] = [
    ['Training file', describeFile(training)],
    ['Validation file', validation ? describeFile(validation) : describeNeighbour(files)],
    ...describeNumbers(training.preflight.statistics),
    ['Findings', describeFindings(training)],
    [
      'Could be skipped',
      describeSkippable(training.preflight.statistics, training.preflight.checked),
    ],
    ['Model', wishes.model],
    ['Batch size', wishes.batchSize?.toString()],
    ['Learning rate multiplier', wishes.learningRateMultiplier?.toString()],
    ['Seed', wishes.seed?.toString()],
    ['Suffix', wishes.suffix],
    ['Tier', wishes.tier],
    ['Sent to', describeEndpoint(endpoint)],
    ['Upload', describeUpload(endpoint.surface, Math.max(...byteLengthsOf(files)))],
    ['Stored there', stored && describeRoom(stored, profile, byteLengthsOf(files))],
  ];
  const notices = [
    ...(profile.remark ? [profile.remark.value] : []),
    ...noticesAt(profile, today).map((notice) => describeNotice(notice, today)),
  ];
  return [
    `${paint('bold', `Fine-tuning job with ${makeVisible(basename(training.name))}`)}\n`,
    describeRows(rows, paint, width),
    ...notices.map((notice) => `${wrap(notice, width)}\n`),
  ].join('');
}

/** `train.jsonl, 12 records, 1.2 MB, SHA-256 0123456789ab…` */
function describeFile({ name, report, preflight: { checked } }: InspectedFile): string {
  const { digest } = checked;
  const contents = [
    countOf(report.records, 'record'),
    countOf(report.images, 'image'),
    formatBytes(digest.byteLength),
  ];
  return [name, ...contents, `SHA-256 ${digest.sha256.slice(0, 12)}…`].join(', ');
}

/** A file that looks like the one to validate with is offered, and never taken unasked. */
function describeNeighbour({ neighbour }: InspectedFiles): string | undefined {
  return neighbour === undefined
    ? undefined
    : `none; for the one beside it, add --validation ${neighbour}`;
}

function byteLengthsOf({ training, validation }: InspectedFiles): readonly number[] {
  return [training, validation].flatMap((file) => file?.preflight.checked.digest.byteLength ?? []);
}

/** Of the numbers of a file those that decide about money. */
const decisive = new Set(['Together', 'Trained on', 'Epochs', 'Job', 'Cost']);

function describeNumbers(statistics: Statistics): Row[] {
  return describeStatistics(statistics)
    .map(([label, value]) => [label.trimEnd(), value] as const)
    .filter(([label]) => decisive.has(label))
    .map(([label, value]) => [label === 'Together' ? 'Tokens' : label, value]);
}

function describeFindings({ report }: InspectedFile): string | undefined {
  const counts = { ...report.counts, error: 0, hint: 0 };
  const words = [...describeCounts(counts)].map(([, each]) => each).join(', ');
  return words === '' ? undefined : `${words}; vision-finetune check lists them`;
}

export function describeEndpoint({ base, surface }: Endpoint): string {
  return `${base.host} (${isLoopback(base) ? 'this machine' : surfaces[surface].name})`;
}
