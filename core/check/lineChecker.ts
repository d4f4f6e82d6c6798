import { comparedStrings } from '../dataset/comparedStrings.ts';
import { KeyMaker, QuickKeys } from '../dataset/quickKeys.ts';
import { keepKeys, type RecordKeys } from '../dataset/recordKeys.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import type { Finding } from '../finding/finding.ts';
import type { Example } from '../record/example.ts';
import { JsonScratch } from '../record/readJson.ts';
import { checkLine, type LineText } from './checkLine.ts';
import { byPlace, isOfImage, toFinding } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import { KnownRecords, type KnownRecord } from './knownRecords.ts';

/** What is known of a line of an open document. */
export interface CheckedLine extends RecordCounts {
  /** In order of place; at most 1,000. */
  readonly findings: readonly Finding[];
  /** What its record is compared with others by; undefined for one with an error, which is to be repaired first. */
  readonly keys: RecordKeys | undefined;
}

/** Characters of the longest line that may be known without being read. Longer ones are read nearly as fast. */
const longestQuick = 0x1_0000;

/** Bytes of UTF-8 that a UTF-16 code unit takes at most. */
const bytesPerUnit = 3;

const noFindings: readonly Finding[] = [];

/** Checks the lines of documents in one context. Most need not be read, since they are like one that was (`KnownRecords`). */
export class LineChecker {
  readonly #context: CheckContext;
  /** Undefined where something was learnt, which is of single images. */
  readonly #known: KnownRecords | undefined;
  readonly #bytes = Buffer.allocUnsafeSlow(bytesPerUnit * longestQuick);
  readonly #scratch = new JsonScratch();
  readonly #maker = new KeyMaker();
  readonly #keys = new QuickKeys();
  #example: Example | undefined;

  constructor(context: CheckContext) {
    this.#context = context;
    this.#known = context.learnt ? undefined : new KnownRecords(context);
  }

  check(line: LineText): CheckedLine {
    return this.#recognize(line) ?? this.#read(line);
  }

  #recognize({ text, eol }: LineText): CheckedLine | undefined {
    if (!this.#known || text.length > longestQuick) return undefined;
    const byteLength = this.#bytes.write(text);
    const known = this.#known.recognize(this.#bytes.subarray(0, byteLength));
    return known && this.#describe(known, this.#known, byteLength, eol);
  }

  /** Spelled out: copying all members of `counts` takes as long as recognizing the record. */
  #describe(
    { counts }: KnownRecord,
    { keys, reports }: KnownRecords,
    byteLength: number,
    eol: LineText['eol'],
  ): CheckedLine {
    return {
      findings: reports.length === 0 ? noFindings : reports.map(toFinding).sort(byPlace),
      keys: keepKeys(keys),
      records: counts.records,
      images: counts.images,
      imageExamples: counts.imageExamples,
      skipped: counts.skipped,
      skippedAtMost: counts.skippedAtMost,
      lowDetail: counts.lowDetail,
      highDetail: counts.highDetail,
      autoDetail: counts.autoDetail,
      loneReturns: eol === '\r' ? 1 : 0,
      textBytes: byteLength + eol.length,
    };
  }

  #read(line: LineText): CheckedLine {
    const { fingerprint: _, ...checked } = checkLine(line, this.#context, this.#scratch, this);
    const example = this.#example;
    this.#example = undefined;
    if (!example) return { ...checked, keys: undefined };
    this.#maker.make(comparedStrings(example), this.#keys);
    const keys = keepKeys(this.#keys);
    if (checked.findings.every(isOfImage)) {
      this.#known?.learn(example, { counts: checked, reports: [], isCompared: true });
    }
    return { ...checked, keys };
  }

  /** Is told by the check. */
  readonly onComparable = (example: Example): void => {
    this.#example = example;
  };
}
