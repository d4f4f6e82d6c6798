import { countOf } from '../../core/finding/words.ts';
import { formatBytes } from '../../core/image/describeImage.ts';
import type { DiskReport } from '../../disk/protocol.ts';
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

/** `, of 58 MB the first 55.7 MB being as they were`; nothing where all of the file was checked. */
export function describeExtent({ bytes, unchangedBytes }: DiskReport): string {
  if (unchangedBytes === 0) return '';
  return `, of ${formatBytes(bytes)} the first ${formatBytes(unchangedBytes)} being as they were`;
}
