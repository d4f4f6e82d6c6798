import type { Companion } from '../dataset/companion.ts';
import type { Comparison } from '../dataset/compare.ts';
import { severities, type Severity } from '../finding/finding.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import { FileTotals } from '../dataset/fileTotals.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import type { DatasetView } from '../rules/rule.ts';
import { JsonScratch } from '../record/readJson.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { Utf16Detector } from '../text/utf16.ts';
import { checkDataset } from './checkDataset.ts';
import type { PlacedFinding, SeverityCounts } from './checkedDocument.ts';
import type { CheckContext } from './context.ts';
import { checkLineBytes } from './checkLine.ts';
import { byPlace, toFinding, type RatedReport, type RecordWatcher } from './checkRecord.ts';
import { FileRepetitions, type Reread } from './fileRepetitions.ts';
import { FixableCounter } from './fixableCounter.ts';
import { takeGravest } from './gravest.ts';
import { placeDatasetFinding, placeFinding } from './places.ts';
import { QuickRecords } from './quickRecords.ts';

/** What a check of a whole file gives. */
export interface FileReport extends RecordCounts {
  readonly bytes: number;
  /** All findings, listed or not. */
  readonly counts: SeverityCounts;
  /** Findings that all certain repairs take away. */
  readonly fixable: number;
  /** As many as were asked for, the gravest of all, in order of place. */
  readonly findings: readonly PlacedFinding[];
}

/**
 * Checks a file of records from its bytes, given in chunks of any size. Memory is bounded by the longest line, by the
 * findings that are listed, and by what `RecordJoiner` holds of a record that is spread over lines.
 *
 * Call `read` with each chunk in turn, then `finish` once.
 */
export class FileChecker {
  readonly #context: CheckContext;
  readonly #maxFindings: number;
  readonly #opening = new Utf16Detector();
  readonly #lines = new LineReader();
  readonly #scratch = new JsonScratch();
  /** Of each severity the first ones, as many as are listed if no finding is graver. */
  readonly #findings: Record<Severity, PlacedFinding[]> = {
    error: [],
    warning: [],
    info: [],
    hint: [],
  };
  readonly #counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  readonly #totals: FileTotals;
  readonly #repetitions: FileRepetitions;
  /** Where the file can be read again. */
  readonly #quick: QuickRecords | undefined;
  readonly #companion: Companion | undefined;
  readonly #watcher: RecordWatcher;
  readonly #fixable = new FixableCounter();
  /** Of the lines that may be told of without a record on them, those without a character. */
  readonly #emptyLines = new Set<number>();
  #bytes = 0;
  #line = 0;

  /**
   * Lists at most `maxFindings` of the findings; counts all of them. Pictures that look alike are compared through
   * `reread`; without it, as on standard input, each image over 4 KB is hashed as it comes. What another file will be
   * compared with goes into `companion`.
   */
  constructor(
    context: CheckContext,
    maxFindings = Infinity,
    reread?: Reread,
    companion?: Companion,
  ) {
    this.#companion = companion;
    this.#context = context;
    this.#maxFindings = maxFindings;
    this.#repetitions = new FileRepetitions(reread);
    // With another file all of a record is compared, and what was learnt is of single images.
    const isQuick = !companion && !context.companion && !context.learnt;
    this.#quick = reread && isQuick ? new QuickRecords(context, reread) : undefined;
    this.#watcher = this.#quick
      ? { onReport: this.#fixable.onReport, onComparable: this.#quick.onComparable }
      : { onReport: this.#fixable.onReport };
    this.#totals = new FileTotals(context.limits);
  }

  /** Records read so far. */
  get records(): number {
    return this.#totals.counts.records;
  }

  read(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    this.#read(this.#opening.take(chunk));
  }

  finish(): FileReport {
    this.#read(this.#opening.end());
    if (!this.#opening.isUtf16) for (const line of this.#lines.end()) this.#readLine(line);
    const datasetFindings = [...checkDataset(this.#view(), this.#context)];
    const aboutFile = datasetFindings.map((finding) =>
      placeDatasetFinding(finding, this.#isEmpty(finding.line) ? 0 : Infinity),
    );
    for (const { severity } of aboutFile) this.#counts[severity]++;
    const known = severities.flatMap((severity) => this.#findings[severity]);
    return {
      ...this.#totals.counts,
      bytes: this.#bytes,
      counts: this.#counts,
      fixable: this.#fixable.finish(datasetFindings),
      // The same choice as an open document makes.
      findings: takeGravest([...aboutFile, ...known], this.#maxFindings),
    };
  }

  #read(chunk: Uint8Array): void {
    if (this.#opening.isUtf16) return;
    for (const line of this.#lines.read(chunk)) this.#readLine(line);
  }

  #readLine(byteLine: ByteLine): void {
    const line = this.#line++;
    const recognized = this.#fixable.isHolding ? undefined : this.#quick?.recognize(byteLine, line);
    const { bytes, byteLength, eol, offset } = byteLine;
    if (recognized) {
      const loneReturns = eol === '\r' ? 1 : 0;
      this.#totals.add(recognized, line, { textBytes: byteLength + eol.length, loneReturns });
      this.#report(this.#quick?.reports ?? [], byteLine, line);
      return;
    }
    const checked = checkLineBytes(byteLine, this.#context, this.#scratch, this.#watcher);
    this.#fixable.endLine(byteLine, checked.findings);
    for (const finding of checked.findings) this.#add(placeFinding(finding, line));
    if (this.#totals.add(checked, line) && byteLength === 0) this.#emptyLines.add(line);
    this.#quick?.endRecord(checked, byteLine, line);
    if (bytes && checked.fingerprint) {
      this.#repetitions.add(checked.fingerprint, bytes, { line, offset, byteLength });
      this.#companion?.add(checked.fingerprint, () => decodeLine(bytes).text, line);
    }
  }

  /** What is said of a record that was recognized. */
  #report(reports: readonly RatedReport[], byteLine: ByteLine, line: number): void {
    if (reports.length === 0) return;
    for (const { report } of reports) this.#fixable.onReport(report);
    const findings = reports.map(toFinding).sort(byPlace);
    this.#fixable.endLine(byteLine, findings);
    for (const finding of findings) this.#add(placeFinding(finding, line));
  }

  #isEmpty(line: number): boolean {
    return line >= this.#line || this.#emptyLines.has(line);
  }

  #add(finding: PlacedFinding): void {
    this.#counts[finding.severity]++;
    const known = this.#findings[finding.severity];
    if (known.length < this.#maxFindings) known.push(finding);
  }

  #view(): DatasetView {
    const { companion } = this.#context;
    const compare = (): Comparison =>
      this.#quick?.compare() ?? this.#repetitions.compare(companion);
    let comparison: Comparison | undefined;
    const encoding: FileEncoding = {
      ...(this.#opening.isUtf16 && { isUtf16: true }),
      hasByteOrderMark: this.#lines.hasBom,
      loneReturns: this.#totals.counts.loneReturns,
      firstLoneReturn: this.#totals.places.firstLoneReturn,
      // Their records are broken, and reported as such.
      invalidBytes: [],
    };
    return {
      ...this.#totals.counts,
      places: this.#totals.places,
      encoding,
      get comparison() {
        return (comparison ??= compare());
      },
      companion,
    };
  }
}
