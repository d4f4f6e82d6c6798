import assert from 'node:assert/strict';
import type { CheckContext } from '../../core/check/context.ts';
import { FileChecker, type FileReport } from '../../core/check/fileChecker.ts';
import { FileSum } from '../../core/check/fileSum.ts';
import { RereadRepetitions } from '../../core/check/rereadRepetitions.ts';
import { StretchChecker, type StretchStart } from '../../core/check/stretchChecker.ts';
import { addUpStretches } from '../../parallel/addUpStretches.ts';
import { ChangeDigest, digestStretches } from '../../parallel/changeDigest.ts';
import { checkStretch, type StretchResult } from '../../parallel/checkStretch.ts';
import type { KeptStretches } from '../../parallel/keptStretches.ts';
import { cutIntoStretches, type ReadAt, type Stretch } from '../../parallel/stretches.ts';

export interface StretchSettings {
  /** Of a stretch, in bytes, about. */
  readonly length: number;
  readonly checkers: number;
  readonly maxFindings: number;
  readonly seed: number;
  readonly kept?: KeptStretches;
  /** Is told of each stretch that is checked. */
  readonly onCheck?: (stretch: Stretch & StretchStart) => void;
}

/** Checks a text as `checkFile` does a file, several stretches of it at once, but in this thread. */
export async function checkInStretches(
  bytes: Buffer,
  context: CheckContext,
  { length, checkers: count, maxFindings, seed, kept, onCheck }: StretchSettings,
): Promise<FileReport> {
  const checkers = Array.from({ length: count }, () => new StretchChecker(context));
  const read = (buffer: Uint8Array, wanted: number, position: number): number =>
    bytes.copy(buffer, 0, position, position + wanted);
  let turn = seed;
  // As a thread does: in any order, and what is sent is copied.
  const check = async (stretch: Stretch & StretchStart): Promise<StretchResult> => {
    onCheck?.(stretch);
    const checker = checkers[turn++ % count];
    assert.ok(checker);
    const buffer = Buffer.alloc(1 + (turn % 300));
    const digest = kept && new ChangeDigest(kept.digestKey);
    const result = checkStretch(checker, structuredClone(stretch), read, buffer, digest);
    for (let wait = turn % 5; wait > 0; wait--) await Promise.resolve();
    return structuredClone(result);
  };
  const reread = (offset: number, length: number) => bytes.subarray(offset, offset + length);
  const sum = new FileSum(context, maxFindings, new RereadRepetitions(reread, bytes.length));
  // A system may read less than it is asked for.
  const readUpTo =
    (most: number): ReadAt =>
    (buffer, position) =>
      Promise.resolve(read(buffer, Math.min(buffer.length, 1 + (position % most)), position));
  return addUpStretches(cutIntoStretches(readUpTo(7), bytes.length, length), sum, {
    check,
    window: count * 2,
    watcher: {},
    memory: kept?.begin({ context, maxFindings }, digestStretches(readUpTo(500), kept.digestKey)),
  });
}

export function checkAtOnce(bytes: Buffer, context: CheckContext, maxFindings: number): FileReport {
  const checker = new FileChecker(context, maxFindings);
  checker.read(bytes);
  return checker.finish();
}
