import { constants } from 'node:buffer';
import { asBuffer } from '../text/asBuffer.ts';
import { LineStore, textLength } from '../text/lineStore.ts';
import { looksLikeUtf16 } from '../text/utf16.ts';
import { checkTree } from './checkRecord.ts';
import { readJsonBytes } from './checkBytes.ts';
import type { PlacedFinding } from './checkedDocument.ts';
import { checkTooLong } from './checkTooLong.ts';
import type { CheckContext } from './context.ts';
import { countSeverities } from './documentMeasure.ts';
import { FileChecker, type FileReport } from './fileChecker.ts';
import { takeGravest } from './gravest.ts';

const byteOrderMark = Buffer.from('\uFEFF');

/**
 * Checks a file that is one record, formatted over as many lines as it likes, from its bytes. Used like `FileChecker`;
 * holds the whole file.
 */
export class RecordFileChecker {
  readonly #context: CheckContext;
  readonly #maxFindings: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  /** Lists at most `maxFindings` of the findings; counts all of them. */
  constructor(context: CheckContext, maxFindings = Infinity) {
    this.#context = context;
    this.#maxFindings = maxFindings;
  }

  /** Records read so far. */
  readonly records = 0;

  read(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.#isTooLong) this.#chunks.length = 0;
    else this.#chunks.push(Buffer.from(chunk));
  }

  finish(): FileReport {
    const bytes = asBuffer(Buffer.concat(this.#chunks));
    this.#chunks.length = 0;
    return looksLikeUtf16(bytes) ? this.#reportUtf16(bytes) : this.#check(withoutMark(bytes));
  }

  /** As of any other file: it is no record, and nothing else of it is known. */
  #reportUtf16(bytes: Uint8Array): FileReport {
    const checker = new FileChecker(this.#context, this.#maxFindings);
    checker.read(bytes);
    return checker.finish();
  }

  #check(bytes: Buffer): FileReport {
    const tree = readJsonBytes(bytes);
    const {
      findings,
      fingerprint: _,
      ...counts
    } = this.#isTooLong ? checkTooLong(this.#bytes, this.#context) : checkTree(tree, this.#context);
    const store = LineStore.of(tree.text, textLength);
    const placed = findings.map(({ rule, severity, message, span }): PlacedFinding => {
      const range = { start: store.positionAt(span.start), end: store.positionAt(span.end) };
      return { rule, severity, message, range };
    });
    return {
      ...counts,
      bytes: this.#bytes,
      counts: countSeverities(placed),
      findings: takeGravest(placed, this.#maxFindings),
    };
  }

  get #isTooLong(): boolean {
    return this.#bytes > constants.MAX_STRING_LENGTH;
  }
}

/** The mark is no part of the text, as in editors. */
function withoutMark(bytes: Buffer): Buffer {
  const hasMark = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  return hasMark ? bytes.subarray(byteOrderMark.length) : bytes;
}
