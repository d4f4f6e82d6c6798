import { severities, type Severity } from '../finding/finding.ts';
import type { DatasetTotals, RecordCounts } from '../dataset/totals.ts';
import { isBlank } from '../record/isBlank.ts';
import { JsonScratch } from '../record/readJson.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { checkBytes } from './checkBytes.ts';
import { checkDataset } from './checkDataset.ts';
import type { PlacedFinding, SeverityCounts } from './checkedDocument.ts';
import type { CheckContext } from './context.ts';
import { checkTooLong } from './checkTooLong.ts';
import { takeGravest } from './gravest.ts';
import { placeDatasetFinding, placeFinding } from './linesDocument.ts';

/** What a check of a whole file gives. */
export interface FileReport extends RecordCounts {
  readonly bytes: number;
  /** All findings, listed or not. */
  readonly counts: SeverityCounts;
  /** As many as were asked for, the gravest of all, in order of place. */
  readonly findings: readonly PlacedFinding[];
}

/**
 * Checks a file of records from its bytes, given in chunks of any size. Memory is bounded by the longest line and by
 * the findings that are listed, whatever the size of the file.
 *
 * Call `read` with each chunk in turn, then `finish` once.
 */
export class FileChecker {
  readonly #context: CheckContext;
  readonly #maxFindings: number;
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
  #bytes = 0;
  #line = 0;
  #records = 0;
  #images = 0;
  #imageExamples = 0;
  #firstRecordLine: number | undefined;
  #firstExcessImageLine: number | undefined;

  /** Lists at most `maxFindings` of the findings; counts all of them. */
  constructor(context: CheckContext, maxFindings = Infinity) {
    this.#context = context;
    this.#maxFindings = maxFindings;
  }

  /** Records read so far. */
  get records(): number {
    return this.#records;
  }

  read(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    for (const line of this.#lines.read(chunk)) this.#readLine(line);
  }

  finish(): FileReport {
    for (const line of this.#lines.end()) this.#readLine(line);
    const totals = this.#totals();
    const aboutFile = [...checkDataset(totals, this.#context)].map(placeDatasetFinding);
    for (const { severity } of aboutFile) this.#counts[severity]++;
    const known = severities.flatMap((severity) => this.#findings[severity]);
    return {
      records: totals.records,
      images: totals.images,
      imageExamples: totals.imageExamples,
      bytes: this.#bytes,
      counts: this.#counts,
      // The same choice as an open document makes.
      findings: takeGravest([...aboutFile, ...known], this.#maxFindings),
    };
  }

  #readLine({ bytes, byteLength }: ByteLine): void {
    const line = this.#line++;
    if (bytes && isBlank(bytes)) return;
    this.#records++;
    this.#firstRecordLine ??= line;
    const { findings, images, imageExamples } = bytes
      ? checkBytes(bytes, this.#context, this.#scratch)
      : checkTooLong(byteLength, this.#context);
    for (const finding of findings) this.#add(placeFinding(finding, line));
    this.#images += images;
    this.#imageExamples += imageExamples;
    if (this.#imageExamples > this.#context.limits.maxImageExamples)
      this.#firstExcessImageLine ??= line;
  }

  #add(finding: PlacedFinding): void {
    this.#counts[finding.severity]++;
    const known = this.#findings[finding.severity];
    if (known.length < this.#maxFindings) known.push(finding);
  }

  #totals(): DatasetTotals {
    return {
      records: this.#records,
      images: this.#images,
      imageExamples: this.#imageExamples,
      firstRecordLine: this.#firstRecordLine ?? 0,
      firstExcessImageLine: this.#firstExcessImageLine,
    };
  }
}
