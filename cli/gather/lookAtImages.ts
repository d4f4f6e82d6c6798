import { ImagingPool } from '../../imaging/imagingPool.ts';
import { imagingScript } from '../../imaging/imagingScript.ts';
import type { Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import { chunkLength, withFile, type Unreadable } from '../readFile.ts';
import { AddressReader } from './addressReader.ts';
import type { GatheredFile } from './gather.ts';

export interface LookOptions {
  readonly io: Io;
  readonly progress: Progress;
  /** As it is written on the command line, for a file that cannot be read twice. */
  readonly option: string;
}

/**
 * Gives the address of each image of a file to `look`, in order, with image processes to work with: as many as there are
 * cores, and as many images at a time as they can take. Holds the images of one chunk of the file, or of one record
 * that is longer.
 */
export async function lookAtImages(
  { name, path }: GatheredFile,
  { io, progress, option }: LookOptions,
  look: (address: string, pool: ImagingPool) => Promise<void>,
): Promise<Unreadable | undefined> {
  const pool = new ImagingPool({ script: imagingScript });
  const stopListening = io.onInterrupt(() => {
    pool.dispose();
    return 'end';
  });
  const addresses: string[] = [];
  const isRecord = path.toLowerCase().endsWith('.json');
  const reader = new AddressReader({ isRecord }, (address) => addresses.push(address));
  const lookAtAll = async (): Promise<void> => {
    await Promise.all(addresses.splice(0).map((address) => look(address, pool)));
  };
  try {
    return await withFile(path, new Uint8Array(chunkLength), async ({ chunks, size, reread }) => {
      if (!reread) return { reason: `can be read only once, and ${option} reads a file twice` };
      let bytes = 0;
      for await (const chunk of chunks) {
        reader.read(chunk);
        await lookAtAll();
        bytes += chunk.length;
        progress.show({ name, bytes, size, records: 0 });
      }
      reader.finish();
      await lookAtAll();
      return undefined;
    });
  } finally {
    progress.erase();
    stopListening();
    pool.dispose();
  }
}
