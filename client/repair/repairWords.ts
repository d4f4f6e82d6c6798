import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type { Extra, RepairedImages, RepairOffer } from '../../core/image/repairOffer.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import type { ImagePlace } from './imagePlace.ts';

/** What has become of an image. */
export type RepairOutcome = ImagePlace & (DoneRepair | FailedRepair);

interface DoneRepair {
  readonly kind: 'done';
  /** From what to what. */
  readonly words: string;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

interface FailedRepair {
  readonly kind: 'failed';
  /** In words that end a sentence. */
  readonly reason: string;
}

export const extraWords: Readonly<Record<Extra, string>> = {
  turnsUpright: 'Turn upright, and take EXIF data out',
  stopsAnimation: 'Keep the first frame of an animation',
  isLossless: 'Write what is too large as lossless WEBP, where that makes it small enough',
};

/** `7 images to repair, 3.4 MB now; 2 more cannot be repaired here`. */
export function describeOffer({ groups, refused }: RepairOffer<unknown>): string {
  const count = sum(groups.map((group) => group.count));
  const bytes = formatBytes(sum(groups.map(({ byteLength }) => byteLength)));
  const needed = count > 0 ? `${countOf(count, 'image')} to repair, ${bytes} now` : none;
  if (refused.length === 0) return needed;
  const more = count > 0 ? `${formatCount(refused.length)} more` : countOf(refused.length, 'image');
  return `${needed}; ${more} cannot be repaired here`;
}

const none = 'No image has to be repaired';

/** `7 images repaired: 3.4 MB → 2.9 MB. 2 could not be repaired.` */
export function describeOutcomes(outcomes: readonly RepairOutcome[]): string {
  const done = outcomes.flatMap((each) => (each.kind === 'done' ? [each] : []));
  return describeRepaired({
    count: done.length,
    bytesBefore: sum(done.map((each) => each.bytesBefore)),
    bytesAfter: sum(done.map((each) => each.bytesAfter)),
    failed: outcomes.length - done.length,
  });
}

/** The same, of images that are counted and not listed. */
export function describeRepaired({
  count,
  bytesBefore,
  bytesAfter,
  failed,
}: RepairedImages): string {
  const parts: string[] = [];
  if (count > 0) {
    const [before, after] = [bytesBefore, bytesAfter].map(formatBytes);
    parts.push(`${countOf(count, 'image')} repaired: ${before ?? ''} → ${after ?? ''}.`);
  }
  if (failed > 0) {
    const subject = count > 0 ? formatCount(failed) : countOf(failed, 'image');
    parts.push(`${subject} could not be repaired.`);
  }
  return parts.join(' ');
}

/** A line for each: `14:1  image 2  greyscale JPEG → RGB JPEG, 138 kB → 142 kB`; the place as findings are listed. */
export function listOutcomes(outcomes: readonly RepairOutcome[]): string {
  return outcomes
    .toSorted((a, b) => a.line - b.line || a.image - b.image)
    .map((each) => `${each.line + 1}:1  image ${each.image + 1}  ${describe(each)}\n`)
    .join('');
}

function describe(outcome: RepairOutcome): string {
  if (outcome.kind === 'failed') return `not repaired: ${outcome.reason}`;
  const { words, bytesBefore, bytesAfter } = outcome;
  return `${words}, ${formatBytes(bytesBefore)} → ${formatBytes(bytesAfter)}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
