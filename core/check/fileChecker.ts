import type { Severity } from '../finding/finding.ts';
import type { DatasetTotals, RecordCounts } from '../dataset/totals.ts';
import { isBlank } from '../record/isBlank.ts';
import { JsonScratch } from '../record/readJson.ts';
import { LineReader, type ByteLine } from '../text/lineReader.ts';
import { formatCount } from '../text/formatCount.ts';
import { checkBytes } from './checkBytes.ts';
import { checkDataset } from './checkDataset.ts';
import type { PlacedFinding, SeverityCounts } from './checkedDocument.ts';
import type { CheckContext } from './context.ts';
import { comparePlaces, placeDatasetFinding, placeFinding } from './linesDocument.ts';

/** What a check of a whole file gives. */
export interface FileReport extends RecordCounts {
  readonly bytes: number;
  /** All findings, listed or not. */
  readonly counts: SeverityCounts;
  /** The first ones in order of place, as many as were asked for. */
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
  readonly #findings: PlacedFinding[] = [];
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
    for (const finding of checkDataset(totals, this.#context)) this.#add(placeDatasetFinding(finding), Infinity);
    const { records, images, imageExamples } = totals;
    const findings = this.#findings.sort(comparePlaces).slice(0, this.#maxFindings);
    return { records, images, imageExamples, bytes: this.#bytes, counts: this.#counts, findings };
  }

  #readLine({ bytes, byteLength }: ByteLine): void {
    const line = this.#line++;
    if (bytes && isBlank(bytes)) return;
    this.#records++;
    this.#firstRecordLine ??= line;
    if (!bytes) return this.#addTooLong(line, byteLength);
    const { findings, images, imageExamples } = checkBytes(bytes, this.#context, this.#scratch);
    for (const finding of findings) this.#add(placeFinding(finding, line), this.#maxFindings);
    this.#images += images;
    this.#imageExamples += imageExamples;
    if (this.#imageExamples > this.#context.limits.maxImageExamples) this.#firstExcessImageLine ??= line;
  }

  /** A line that no string can hold. */
  #addTooLong(line: number, byteLength: number): void {
    const message = `Record is ${formatCount(byteLength)} bytes, longer than can be read.`;
    const range = { start: { line, character: 0 }, end: { line, character: 1 } };
    this.#add({ rule: 'json-syntax', severity: 'error', message, range }, this.#maxFindings);
  }

  #add(finding: PlacedFinding, limit: number): void {
    this.#counts[finding.severity]++;
    if (this.#findings.length < limit) this.#findings.push(finding);
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
