import type { FileReport, FileSum } from '../core/check/fileSum.ts';
import type { StretchStart } from '../core/check/stretchChecker.ts';
import { releaseKeys } from '../core/dataset/stretchKeys.ts';
import type { CheckWatcher } from './checkInTurn.ts';
import type { StretchResult } from './checkStretch.ts';
import type { CheckMemory } from './keptStretches.ts';
import type { Stretch } from './stretches.ts';

export interface StretchWork {
  /** Checks a stretch somewhere else. */
  readonly check: (stretch: Stretch & StretchStart) => Promise<StretchResult>;
  /** Stretches that are being checked, or wait for one before them, at once. */
  readonly window: number;
  readonly watcher: Pick<CheckWatcher, 'onProgress' | 'onRead'>;
  /** Knows stretches that need no check, and keeps what the others give. */
  readonly memory?: Pick<CheckMemory, 'recall' | 'keep' | 'end'> | undefined;
}

interface Started {
  readonly stretch: Stretch;
  readonly result: Promise<StretchResult>;
}

/** Has the stretches of a file checked, several at once, and adds them up in order: the report is that of one thread. */
export async function addUpStretches(
  stretches: AsyncIterable<Stretch>,
  sum: FileSum,
  { check, window, watcher, memory }: StretchWork,
): Promise<FileReport> {
  const started: Started[] = [];
  let bytes = 0;
  let hasByteOrderMark = false;

  function add(result: StretchResult): void {
    sum.add(result.checked);
    bytes += result.bytes;
    hasByteOrderMark ||= result.hasByteOrderMark;
    watcher.onProgress?.(bytes, sum.records);
  }

  async function addNext(): Promise<void> {
    const next = started.shift();
    if (!next) return;
    let result = await next.result;
    // Seldom: a limit is passed in it, or the file was cut within a record that is spread over lines.
    if (sum.isStartNeeded(result.checked)) {
      result = await check({ ...next.stretch, ...sum.nextStart });
    }
    add(result);
    if (!memory?.keep(next.stretch, result)) releaseKeys(result.checked.keys);
  }

  for await (const stretch of stretches) {
    const known = await memory?.recall(stretch);
    if (known) {
      // Nothing is on its way yet: all before it were known, too.
      add(known);
      continue;
    }
    const { room, ...before } = sum.nextStart;
    const result = check({ ...stretch, room, ...(stretch.start === 0 && before) });
    // Whoever waits for it hears of what goes wrong; nobody does, if something went wrong before.
    result.catch(() => undefined);
    started.push({ stretch, result });
    if (started.length === window) await addNext();
  }
  while (started.length > 0) await addNext();
  memory?.end();
  watcher.onRead?.();
  return sum.finish({ bytes, isUtf16: false, hasByteOrderMark });
}
