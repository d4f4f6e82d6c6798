import { isBlank } from '../record/isBlank.ts';
import { readJson, type JsonScratch } from '../record/readJson.ts';
import type { LineEnd } from '../text/lines.ts';
import { checkBytes } from './checkBytes.ts';
import {
  checkBlankLine,
  checkTree,
  findBlankLineRepairs,
  findRepairs,
  type CheckedRecord,
  type RecordWatcher,
  type RepairableFinding,
} from './checkRecord.ts';
import { checkTooLong } from './checkTooLong.ts';
import type { CheckContext } from './context.ts';

/** A line of an open text, or of a file. */
export interface LineText {
  readonly text: string;
  readonly eol: LineEnd;
}

export interface LineBytes {
  /** Undefined where the line is longer than any text. */
  readonly bytes: Uint8Array | undefined;
  readonly byteLength: number;
  readonly eol: LineEnd;
}

/** Checks a line: the record on it, or that it holds none. */
export function checkLine(
  { text, eol }: LineText,
  context: CheckContext,
  scratch?: JsonScratch,
  watcher?: RecordWatcher,
): CheckedRecord {
  const checked = isBlank(text)
    ? checkBlankLine({ length: text.length, isLast: eol === '' }, context, watcher)
    : checkTree(readJson(text, scratch), context, undefined, watcher);
  return withLineEnd(checked, eol);
}

/** Checks a line as it stands on disk. */
export function checkLineBytes(
  { bytes, byteLength, eol }: LineBytes,
  context: CheckContext,
  scratch?: JsonScratch,
  watcher?: RecordWatcher,
): CheckedRecord {
  return withLineEnd(checkAnyBytes(), eol);

  function checkAnyBytes(): CheckedRecord {
    if (!bytes) return checkTooLong(byteLength, context);
    return isBlank(bytes)
      ? checkBlankLine({ length: byteLength, isLast: eol === '' }, context, watcher)
      : checkBytes(bytes, context, scratch, watcher);
  }
}

/** The findings of a line once more, with their repairs. */
export function findLineRepairs(
  { text, eol }: LineText,
  context: CheckContext,
): readonly RepairableFinding[] {
  return isBlank(text)
    ? findBlankLineRepairs({ length: text.length, isLast: eol === '' }, context)
    : findRepairs(text, context);
}

function withLineEnd(checked: CheckedRecord, eol: LineEnd): CheckedRecord {
  if (eol === '') return checked;
  const loneReturns = eol === '\r' ? 1 : 0;
  return { ...checked, loneReturns, textBytes: checked.textBytes + eol.length };
}
