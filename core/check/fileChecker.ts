import type { Companion } from '../dataset/companion.ts';
import type { Comparison } from '../dataset/compare.ts';
import { severities, type Severity } from '../finding/finding.ts';
import {
  countNames,
  noCounts,
  thresholds,
  type PlaceName,
  type Places,
  type RecordCounts,
  type Threshold,
} from '../dataset/totals.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import type { DatasetView } from '../rules/rule.ts';
import { JsonScratch } from '../record/readJson.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { Utf16Detector } from '../text/utf16.ts';
import { checkDataset } from './checkDataset.ts';
import type { PlacedFinding, SeverityCounts } from './checkedDocument.ts';
import type { CheckContext } from './context.ts';
import { checkLineBytes } from './checkLine.ts';
import { FileRepetitions, type Reread } from './fileRepetitions.ts';
import { FixableCounter } from './fixableCounter.ts';
import { takeGravest } from './gravest.ts';
import { placeDatasetFinding, placeFinding } from './places.ts';

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
  readonly #totals: Record<keyof RecordCounts, number> = { ...noCounts };
  readonly #thresholds: readonly (readonly [PlaceName, Threshold])[];
  readonly #places = new Map<PlaceName, number>();
  readonly #repetitions: FileRepetitions;
  readonly #companion: Companion | undefined;
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
    this.#thresholds = Object.entries(thresholds(context.limits)) as [PlaceName, Threshold][];
    this.#repetitions = new FileRepetitions(reread);
  }

  /** Records read so far. */
  get records(): number {
    return this.#totals.records;
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
      ...this.#totals,
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
    const { bytes, byteLength, offset } = byteLine;
    const line = this.#line++;
    const { onReport } = this.#fixable;
    const checked = checkLineBytes(byteLine, this.#context, this.#scratch, onReport);
    this.#fixable.endLine(byteLine, checked.findings);
    for (const finding of checked.findings) this.#add(placeFinding(finding, line));
    if (this.#count(checked, line) && byteLength === 0) this.#emptyLines.add(line);
    if (bytes && checked.fingerprint) {
      this.#repetitions.add(checked.fingerprint, bytes, { line, offset, byteLength });
      this.#companion?.add(checked.fingerprint, () => decodeLine(bytes).text, line);
    }
  }

  /** Whether something can be told of the line when the file has been read. */
  #count(record: RecordCounts, line: number): boolean {
    let isPlace = line === 0;
    for (const name of countNames) this.#totals[name] += record[name];
    for (const [name, { count, over }] of this.#thresholds) {
      if (this.#totals[count] <= over || this.#places.has(name)) continue;
      this.#places.set(name, line);
      isPlace = true;
    }
    return isPlace;
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
    const repetitions = this.#repetitions;
    const { companion } = this.#context;
    let comparison: Comparison | undefined;
    const encoding: FileEncoding = {
      ...(this.#opening.isUtf16 && { isUtf16: true }),
      hasByteOrderMark: this.#lines.hasBom,
      loneReturns: this.#totals.loneReturns,
      firstLoneReturn: this.#places.get('firstLoneReturn'),
      // Their records are broken, and reported as such.
      invalidBytes: [],
    };
    return {
      ...this.#totals,
      places: Object.fromEntries(
        this.#thresholds.map(([name]) => [name, this.#places.get(name)]),
      ) as Places,
      encoding,
      get comparison() {
        return (comparison ??= repetitions.compare(companion));
      },
      companion,
    };
  }
}
