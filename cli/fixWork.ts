import type { FileHandle } from 'node:fs/promises';
import type { LineFix } from '../core/check/fileRepairer.ts';
import type { RepairChunks } from './repairChunks.ts';

/** What `fix` does to the images of a file instead of repairing its records. */
export interface FixWork {
  /** What is to be done, told before anything is written. */
  announce(file: FileHandle): Promise<readonly string[]>;
  /** Gives the new bytes of the file. */
  start(onFix: (fix: LineFix) => void): RepairChunks<unknown>['repairer'];
  /** Writes what belongs beside the new file, which takes its name next. */
  complete?(): Promise<void>;
  /** The new file has its name: what was written beside it stays. */
  keep?(): void;
  /** What has become of the images. */
  describe(): Iterable<string>;
  /** Names on standard error what is left as it is, and why. */
  complain(): void;
  /** Ends it, and takes away what was written beside a file that did not come to be. */
  dispose(): void | Promise<void>;
}
