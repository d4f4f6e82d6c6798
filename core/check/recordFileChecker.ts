import { constants } from 'node:buffer';
import type { Report } from '../finding/finding.ts';
import { asBuffer } from '../text/asBuffer.ts';
import { tellsBinary } from '../text/binary.ts';
import { markLength } from '../text/byteOrderMark.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineStore, textLength } from '../text/lineStore.ts';
import { looksLikeUtf16 } from '../text/utf16.ts';
import { checkTree } from './checkRecord.ts';
import { readJsonBytes } from './checkBytes.ts';
import type { PlacedFinding } from './checkedDocument.ts';
import { checkTooLong } from './checkTooLong.ts';
import type { CheckContext } from './context.ts';
import { countSeverities } from './documentMeasure.ts';
import { FileChecker, type FileReport } from './fileChecker.ts';
import { hasCertainFix } from './fixableCounter.ts';
import { takeGravest } from './gravest.ts';

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
    // The mark is no part of the text, as in editors.
    return looksLikeUtf16(bytes)
      ? this.#reportUtf16(bytes)
      : this.#check(bytes.subarray(markLength(bytes)));
  }

  /** As of any other file: it is no record, and nothing else of it is known. */
  #reportUtf16(bytes: Uint8Array): FileReport {
    const checker = new FileChecker(this.#context, this.#maxFindings);
    checker.read(bytes);
    return checker.finish();
  }

  #check(bytes: Buffer): FileReport {
    const tree = readJsonBytes(bytes);
    let fixable = 0;
    const onReport = (report: Report): void => {
      // What makes several lines of one, or none, is not for a record over many.
      if (hasCertainFix(report, ({ line }) => line === undefined)) fixable++;
    };
    const {
      findings,
      fingerprint: _,
      ...counts
    } = this.#isTooLong
      ? checkTooLong(this.#bytes, this.#context)
      : checkTree(tree, this.#context, undefined, { onReport });
    const store = LineStore.of(tree.text, textLength);
    const placed = findings.map(({ rule, severity, message, span }): PlacedFinding => {
      const range = { start: store.positionAt(span.start), end: store.positionAt(span.end) };
      return { rule, severity, message, range };
    });
    return {
      ...counts,
      bytes: this.#bytes,
      counts: countSeverities(placed),
      fixable: fixable > 0 && canBeRepaired(bytes) ? fixable : 0,
      findings: takeGravest(placed, this.#maxFindings),
    };
  }

  get #isTooLong(): boolean {
    return this.#bytes > constants.MAX_STRING_LENGTH;
  }
}

/** What is not UTF-8, or no text, is left as it is. */
function canBeRepaired(bytes: Uint8Array): boolean {
  return !tellsBinary(bytes) && !decodeLine(bytes).invalid;
}
