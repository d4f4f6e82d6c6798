import type { CheckContext } from '../../core/check/context.ts';
import { LearntImages, type LearntImage } from '../../core/image/learntImages.ts';
import type { Unreadable } from '../readFile.ts';

/** A file before it is checked. */
export interface GatheredFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly context: CheckContext;
}

/** Looks something up of the images of a file, because it was asked to; `known` is what others have found before. */
export type Gatherer = (
  file: GatheredFile,
  known: ReadonlyMap<string, LearntImage>,
) => Promise<ReadonlyMap<string, LearntImage> | Unreadable>;

/** The context of a check, with all that is looked up before it. */
export async function gather(
  gatherers: readonly Gatherer[],
  file: GatheredFile,
): Promise<CheckContext | Unreadable> {
  const all = new Map<string, LearntImage>();
  for (const gatherer of gatherers) {
    const learnt = await gatherer(file, all);
    if ('reason' in learnt) return learnt;
    for (const [key, image] of learnt) all.set(key, { ...all.get(key), ...image });
  }
  return all.size === 0 ? file.context : { ...file.context, learnt: new LearntImages(all) };
}
