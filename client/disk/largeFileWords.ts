import { countOf } from '../../core/finding/words.ts';
import { describeStatus } from '../statusWords.ts';
import type { LargeFileState } from './largeFile.ts';

/** `1,204 records · 1,310 images · 2 errors`, or how far it has come. */
export function describeLargeFile(
  state: LargeFileState,
  { records, isComplete }: { readonly records: number; readonly isComplete: boolean },
): string {
  const count = `${countOf(records, 'record')}${isComplete ? '' : ' so far'}`;
  switch (state.kind) {
    case 'checking':
      return `${count} · checking`;
    case 'cancelled':
      return `${count} · check cancelled`;
    case 'refused':
      return `${count} · not checked: ${state.reason}`;
    case 'checked':
      return describeStatus(state.report);
  }
}
