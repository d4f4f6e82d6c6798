import { constants } from 'node:buffer';
import { markLength } from '../text/byteOrderMark.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { findRepairs } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import type { LineFix } from './fileRepairer.ts';
import { repairText, wholeRecord, type ChooseFix } from './repair.ts';

/**
 * Repairs a file that is one record, formatted over as many lines as it likes. Used like `FileRepairer`; holds the whole
 * file.
 */
export class RecordFileRepairer {
  readonly #context: CheckContext;
  readonly #choose: ChooseFix;
  readonly #onFix: (fix: LineFix) => void;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(context: CheckContext, choose: ChooseFix, onFix: (fix: LineFix) => void) {
    this.#context = context;
    this.#choose = wholeRecord(choose);
    this.#onFix = onFix;
  }

  /** The first line, where the record is longer than any text. */
  get tooLongLine(): number | undefined {
    return this.#bytes > constants.MAX_STRING_LENGTH ? 0 : undefined;
  }

  /** Gives nothing back before the end. */
  read(chunk: Uint8Array): readonly Uint8Array[] {
    this.#bytes += chunk.length;
    if (this.tooLongLine === undefined) this.#chunks.push(Buffer.from(chunk));
    else this.#chunks.length = 0;
    return [];
  }

  finish(): readonly Uint8Array[] {
    const bytes = Buffer.concat(this.#chunks);
    this.#chunks.length = 0;
    const mark = bytes.subarray(0, markLength(bytes));
    const { text, invalid } = decodeLine(bytes.subarray(mark.length));
    // Of what is not UTF-8 nobody knows what it was.
    if (invalid) return [bytes];
    const { text: repaired, applied } = repairText(
      text,
      (each) => findRepairs(each, this.#context),
      this.#choose,
    );
    for (const fix of applied) this.#onFix({ ...fix, line: 0 });
    return [mark, Buffer.from(repaired)];
  }
}
