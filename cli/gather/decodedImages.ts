import { decodeDataUri } from '../../core/image/dataUri.ts';
import { acceptedFormatOf, type ImageFacts } from '../../core/image/imageFacts.ts';
import { readEmbeddedImage } from '../../core/image/inspectImage.ts';
import { learntKey, type LearntImage } from '../../core/image/learntImages.ts';
import { findDisputedChunk } from '../../core/image/disputedChunk.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
import type { ImagingPool } from '../../imaging/imagingPool.ts';
import type { Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import type { Gatherer } from './gather.ts';
import { lookAtImages } from './lookAtImages.ts';

/** Decodes every image whose bytes stand in the file, as many at a time as there are cores. */
export function decodingGatherer(io: Io, progress: Progress): Gatherer {
  return async (file) => {
    const learnt = new Map<string, LearntImage>();
    /** Of what was decoded already: the same picture may stand in many examples. */
    const seen = new Set<string>();
    const unreadable = await lookAtImages(
      file,
      { io, progress, option: '--deep' },
      async (address, pool) => {
        const embedded = readEmbeddedImage(address);
        // Of another format a rule has said enough.
        if (!embedded || !acceptedFormatOf(embedded.facts)) return;
        const key = learntKey(address);
        if (seen.has(key)) return;
        seen.add(key);
        const bytes = decodeDataUri(address, embedded.uri);
        const image = await decode(bytes, embedded.facts, pool);
        if (image) learnt.set(key, image);
      },
    );
    return unreadable ?? learnt;
  };
}

/** What is to be said of an image once it has been decoded; undefined for one that is sound. */
async function decode(
  bytes: Uint8Array,
  { format }: ImageFacts,
  pool: ImagingPool,
): Promise<LearntImage | undefined> {
  try {
    const decodeProblem = await pool.use((process) => process.decode(bytes));
    if (decodeProblem !== undefined) return { decodeProblem };
    const disputed = format === 'png' ? findDisputedChunk(bytes) : undefined;
    return disputed === undefined ? undefined : { disputed };
  } catch (error) {
    if (error instanceof ImagingError) return { notDecoded: error.message };
    throw error;
  }
}
