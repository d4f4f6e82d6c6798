import type { RepairBytes } from '../core/check/imageRepairer.ts';
import { ImagingError } from './imagingError.ts';
import type { ImagingPool } from './imagingPool.ts';

/** Has images repaired by the processes of a pool. Rejects with the reason of `signal`. */
export function repairIn(pool: ImagingPool, signal?: AbortSignal): RepairBytes {
  return async (bytes, plan) => {
    try {
      return await pool.use((process) => process.repair(bytes, plan, signal));
    } catch (error) {
      if (!(error instanceof ImagingError)) throw error;
      return `an image is left as it is: ${error.message}`;
    }
  };
}
