import type { Statistics } from '../check/statistics.ts';
import { countOf } from '../finding/words.ts';
import type { CheckedFile } from './submission.ts';

/** What a service may leave out of a file, which its owner decides on; undefined for a file without images. */
export function describeSkippable(
  { images, formats }: Pick<Statistics, 'images' | 'formats'>,
  { candidates = [] }: Pick<CheckedFile, 'candidates'>,
): string | undefined {
  if (images === 0) return undefined;
  const remote = formats['address'] ?? 0;
  const parts = [
    candidates.length > 0 &&
      `${countOf(candidates.length, 'example')} that the check has doubts about`,
    remote > 0 && `${countOf(remote, 'image')} on the web, if the service cannot fetch them`,
    'examples with people, faces, children or CAPTCHAs, which only the service finds for certain',
  ];
  return parts.filter((part) => part !== false).join('; ');
}
