import { countOf } from '../../core/finding/words.ts';
import { describeStatus } from '../statusWords.ts';
import type { LargeFileState } from './largeFile.ts';

/** How many records of a file are listed so far. */
export interface ListedSoFar {
  readonly records: number;
  readonly isComplete: boolean;
}

/** `1,204 records · 1,310 images · 2 errors`, or how far it has come. */
export function describeLargeFile(state: LargeFileState, listed?: ListedSoFar): string {
  if (state.kind === 'checked') return describeStatus(state.report);
  const words = describeProgress(state);
  if (!listed) return words;
  return `${countOf(listed.records, 'record')}${listed.isComplete ? '' : ' so far'} · ${words}`;
}

function describeProgress(state: Exclude<LargeFileState, { kind: 'checked' }>): string {
  switch (state.kind) {
    case 'checking':
      return 'checking';
    case 'cancelled':
      return 'check cancelled';
    case 'refused':
      return `not checked: ${state.reason}`;
  }
}
