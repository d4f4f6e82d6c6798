import type { Fingerprint } from '../dataset/fingerprint.ts';
import type { KeyedStretch } from '../dataset/stretchKeys.ts';
import { FileTotals, type SummedLines } from '../dataset/fileTotals.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import { JsonScratch } from '../record/readJson.ts';
import type { ByteLine } from '../text/lineReader.ts';
import { checkLineBytes } from './checkLine.ts';
import { byPlace, toFinding, type RatedReport, type RecordWatcher } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import { FixableCounter, nothingFixable, type FixableStretch } from './fixableCounter.ts';
import { KeptFindings, roomFor, type FindingRoom, type Findings } from './keptFindings.ts';
import { placeFinding } from './places.ts';
import { QuickRecords } from './quickRecords.ts';

/** What a check of some lines that follow each other gives to that of their file. Plain data; lines count from 0 in the stretch. */
export interface CheckedStretch {
  readonly lineCount: number;
  readonly totals: SummedLines;
  readonly findings: Findings;
  readonly fixable: FixableStretch;
  /** Of the lines that may be told of without a record on them, those without a character. */
  readonly emptyLines: readonly number[];
  /** Undefined where examples are compared as they come. */
  readonly keys: KeyedStretch | undefined;
}

/** What a stretch has to know of those before it. */
export interface StretchStart {
  /** The sums over them. Where they are not known, it is not told where one passes a limit. */
  readonly before?: RecordCounts;
  /** Lines at the end of the one before that may be of a record that goes on here. */
  readonly held?: FixableStretch['held'];
  /** How many findings of each severity are wanted. */
  readonly room?: FindingRoom;
}

export interface StretchCheckerOptions {
  /**
   * Takes an example as it is checked, with what it is compared with others by. Where that is left out the file can be read
   * again: most examples are not read, and hashes tell which are to be compared.
   */
  readonly onExample?: (fingerprint: Fingerprint, at: ByteLine, line: number) => void;
}

/**
 * Checks the lines of a file, some of them at a time: what is found in a stretch depends on its lines, and now
 * and then on `StretchStart`; so stretches can be checked in any order and by several of these, and `FileSum` adds them up.
 *
 * Call `start`, `add` with each line in turn, and `end`.
 */
export class StretchChecker {
  readonly #context: CheckContext;
  readonly #onExample: StretchCheckerOptions['onExample'];
  readonly #scratch = new JsonScratch();
  readonly #quick: QuickRecords | undefined;
  readonly #watcher: RecordWatcher;
  #totals: FileTotals;
  #findings = new KeptFindings(roomFor(0));
  #fixable = new FixableCounter();
  #emptyLines: number[] = [];
  #line = 0;

  constructor(context: CheckContext, { onExample }: StretchCheckerOptions = {}) {
    this.#context = context;
    this.#onExample = onExample;
    this.#totals = new FileTotals(context.limits, undefined);
    this.#quick = onExample ? undefined : new QuickRecords(context);
    this.#watcher = {
      onReport: (report) => this.#fixable.onReport(report),
      ...(this.#quick && {
        onComparable: this.#quick.onComparable,
        onExample: this.#quick.onExample,
      }),
    };
  }

  /** In the stretch so far. */
  get records(): number {
    return this.#totals.counts.records;
  }

  start({ before, held, room = roomFor(Infinity) }: StretchStart): void {
    this.#totals = new FileTotals(this.#context.limits, before);
    this.#findings = new KeptFindings(room);
    this.#fixable = new FixableCounter({ ...nothingFixable, ...(held && { held }) });
    this.#emptyLines = [];
    this.#line = 0;
  }

  add(byteLine: ByteLine): void {
    const line = this.#line++;
    const recognized = this.#fixable.isHolding ? undefined : this.#quick?.recognize(byteLine, line);
    const { byteLength, eol } = byteLine;
    if (recognized) {
      const loneReturns = eol === '\r' ? 1 : 0;
      this.#totals.add(recognized, line, { textBytes: byteLength + eol.length, loneReturns });
      this.#report(this.#quick?.reports ?? [], byteLine, line);
      return;
    }
    const checked = checkLineBytes(byteLine, this.#context, this.#scratch, this.#watcher);
    this.#fixable.endLine(byteLine, checked.findings);
    for (const finding of checked.findings) this.#findings.add(placeFinding(finding, line));
    if (this.#totals.add(checked, line) && byteLength === 0) this.#emptyLines.push(line);
    this.#quick?.endRecord(checked, byteLine, line);
    if (checked.fingerprint) this.#onExample?.(checked.fingerprint, byteLine, line);
  }

  end(): CheckedStretch {
    const { counts, places } = this.#totals;
    const { count, isHopeless, held } = this.#fixable;
    return {
      lineCount: this.#line,
      totals: { counts, places },
      findings: { counts: this.#findings.counts, kept: this.#findings.kept },
      fixable: { count, isHopeless, held },
      emptyLines: this.#emptyLines,
      keys: this.#quick?.endStretch(),
    };
  }

  /** What is said of a record that was recognized. */
  #report(reports: readonly RatedReport[], byteLine: ByteLine, line: number): void {
    if (reports.length === 0) return;
    for (const { report } of reports) this.#fixable.onReport(report);
    const findings = reports.map(toFinding).sort(byPlace);
    this.#fixable.endLine(byteLine, findings);
    for (const finding of findings) this.#findings.add(placeFinding(finding, line));
  }
}
