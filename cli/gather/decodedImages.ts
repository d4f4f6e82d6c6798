import { decodeDataUri } from '../../core/image/dataUri.ts';
import { acceptedFormatOf } from '../../core/image/imageFacts.ts';
import { readEmbeddedImage } from '../../core/image/inspectImage.ts';
import { learntKey, type LearntImage } from '../../core/image/learntImages.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
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
        try {
          const decodeProblem = await pool.use((process) =>
            process.decode(decodeDataUri(address, embedded.uri)),
          );
          if (decodeProblem !== undefined) learnt.set(key, { decodeProblem });
        } catch (error) {
          if (!(error instanceof ImagingError)) throw error;
          learnt.set(key, { notDecoded: error.message });
        }
      },
    );
    return unreadable ?? learnt;
  };
}
