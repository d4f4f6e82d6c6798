import type { LearntImage } from '../core/image/learntImages.ts';
import { formatCount } from '../core/text/formatCount.ts';

/** What came of fetching images: `10 images are there, 2 cannot be fetched`. */
export function describeFetched(images: readonly LearntImage[]): string {
  const missing = images.filter(({ unreachable }) => unreachable).length;
  const there = images.length - missing;
  if (there === 0) return `${counted(missing)} cannot be fetched`;
  const isThere = `${counted(there)} ${there === 1 ? 'is' : 'are'} there`;
  return missing === 0 ? isThere : `${isThere}, ${formatCount(missing)} cannot be fetched`;
}

/** What is left alone because nobody allowed it; empty where nothing is. */
export function describePlainHttp(count: number): string {
  if (count === 0) return '';
  const verb = count === 1 ? 'is' : 'are';
  return `${counted(count)} on plain http ${verb} left alone: see the setting visionFinetune.remote.allowHttp.`;
}

function counted(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'image' : 'images'}`;
}
