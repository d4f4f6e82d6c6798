import type { Companion } from '../dataset/companion.ts';
import type { Likenesses } from '../dataset/compare.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import { FileTotals } from '../dataset/fileTotals.ts';
import type { KeyedStretch } from '../dataset/stretchKeys.ts';
import { noCounts, type Places, type RecordCounts } from '../dataset/totals.ts';
import { severities } from '../finding/finding.ts';
import type { DatasetView } from '../rules/rule.ts';
import { checkDataset } from './checkDataset.ts';
import type { PlacedFinding, SeverityCounts } from './checkedDocument.ts';
import type { CheckContext } from './context.ts';
import { FixableCounter, nothingFixable, type FixableStretch } from './fixableCounter.ts';
import { takeGravest } from './gravest.ts';
import { KeptFindings, roomFor } from './keptFindings.ts';
import { placeDatasetFinding } from './places.ts';
import type { CheckedStretch, StretchStart } from './stretchChecker.ts';

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

/** What is known of a file besides its lines. */
export interface ReadFile {
  readonly bytes: number;
  readonly isUtf16: boolean;
  readonly hasByteOrderMark: boolean;
}

/** Tells in the end which examples of a file are alike. */
export interface Comparer {
  /** Takes in the examples of a stretch that begins on a line, where they have keys. */
  addStretch?(keys: KeyedStretch, firstLine: number): void;
  compare(companion: Companion | undefined): Likenesses;
}

/** Adds up the stretches of a file in order, and says what there is to say of the file as a whole. */
export class FileSum {
  readonly #context: CheckContext;
  readonly #maxFindings: number;
  readonly #totals: FileTotals;
  readonly #findings: KeptFindings;
  readonly #comparer: Comparer;
  readonly #emptyLines = new Set<number>();
  #fixable: FixableStretch = nothingFixable;
  #lineCount = 0;

  /** Lists at most `maxFindings` of the findings; counts all of them. */
  constructor(context: CheckContext, maxFindings: number, comparer: Comparer) {
    this.#context = context;
    this.#maxFindings = maxFindings;
    this.#totals = new FileTotals(context.limits, noCounts);
    this.#findings = new KeptFindings(roomFor(maxFindings));
    this.#comparer = comparer;
  }

  /** Lines so far. */
  get lineCount(): number {
    return this.#lineCount;
  }

  get records(): number {
    return this.#totals.counts.records;
  }

  /** How the next stretch is started. */
  get nextStart(): Required<StretchStart> {
    const { counts } = this.#totals;
    return { before: { ...counts }, held: this.#fixable.held, room: this.#findings.room };
  }

  /** Whether the next stretch has to be checked with `nextStart`: it was without, and would have needed it. */
  isStartNeeded({ totals }: CheckedStretch): boolean {
    return this.#fixable.held.lines.length > 0 || this.#totals.isMissingPlaces(totals);
  }

  add({ lineCount, totals, findings, fixable, emptyLines, keys }: CheckedStretch): void {
    if (keys) this.#comparer.addStretch?.(keys, this.#lineCount);
    this.#totals.append(totals, this.#lineCount);
    this.#findings.append(findings, this.#lineCount);
    this.#fixable = {
      count: this.#fixable.count + fixable.count,
      isHopeless: this.#fixable.isHopeless || fixable.isHopeless,
      held: fixable.held,
    };
    for (const line of emptyLines) this.#emptyLines.add(this.#lineCount + line);
    this.#lineCount += lineCount;
  }

  finish(file: ReadFile): FileReport {
    const datasetFindings = [...checkDataset(this.#view(file), this.#context)];
    const aboutFile = datasetFindings.map((finding) =>
      placeDatasetFinding(finding, this.#isEmpty(finding.line) ? 0 : Infinity),
    );
    const counts = { ...this.#findings.counts };
    for (const { severity } of aboutFile) counts[severity]++;
    const known = severities.flatMap((severity) => this.#findings.kept[severity]);
    return {
      ...this.#totals.counts,
      bytes: file.bytes,
      counts,
      fixable: new FixableCounter(this.#fixable).finish(datasetFindings),
      // The same choice as an open document makes.
      findings: takeGravest([...aboutFile, ...known], this.#maxFindings),
    };
  }

  #isEmpty(line: number): boolean {
    return line >= this.#lineCount || this.#emptyLines.has(line);
  }

  #view({ isUtf16, hasByteOrderMark }: ReadFile): DatasetView {
    const { companion } = this.#context;
    const { counts } = this.#totals;
    const places = this.#totals.places as Places;
    const compare = (): Likenesses => this.#comparer.compare(companion);
    let comparison: Likenesses | undefined;
    const encoding: FileEncoding = {
      ...(isUtf16 && { isUtf16 }),
      hasByteOrderMark,
      loneReturns: counts.loneReturns,
      firstLoneReturn: places.firstLoneReturn,
      // Their records are broken, and reported as such.
      invalidBytes: [],
    };
    return {
      ...counts,
      places,
      encoding,
      get comparison() {
        return (comparison ??= compare());
      },
      companion,
    };
  }
}
