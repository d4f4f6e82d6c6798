import type { ImagingLimits } from './limits.ts';
import { checkDecoding } from './checkDecoding.ts';
import { makeThumbnail } from './makeThumbnail.ts';
import type { TaskName, Tasks } from './protocol.ts';
import { repairImage } from './repairImage.ts';
import { screenImage } from './screenImage.ts';

/** What the image process does; each throws where it cannot. */
export const tasks: {
  readonly [N in TaskName]: (
    bytes: Uint8Array,
    parameters: Tasks[N]['takes'],
    limits: ImagingLimits,
  ) => Promise<Tasks[N]['gives']>;
} = { thumbnail: makeThumbnail, decode: checkDecoding, repair: repairImage, screen: screenImage };
