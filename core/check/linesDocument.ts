import { isProblem, severities, type Severity } from '../finding/finding.ts';
import type { Comparison } from '../dataset/compare.ts';
import type { Companion } from '../dataset/companion.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import { findPlaces } from '../dataset/totals.ts';
import type { DatasetView } from '../rules/rule.ts';
import { isBlank } from '../record/isBlank.ts';
import { JsonScratch } from '../record/readJson.ts';
import type { Line } from '../text/lines.ts';
import { LineStore } from '../text/lineStore.ts';
import type { Position, Range } from '../text/position.ts';
import { checkDataset, type DatasetFinding } from './checkDataset.ts';
import type {
  CheckedDocument,
  PlacedFinding,
  RecordAt,
  SeverityCounts,
} from './checkedDocument.ts';
import { checkLine } from './checkLine.ts';
import type { CheckedRecord } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import { DocumentRepetitions } from './documentRepetitions.ts';
import { countProblems, documentMeasure, type DocumentMeasure } from './documentMeasure.ts';
import { comparePlaces, placeDatasetFinding, placeFinding } from './places.ts';

type Store = LineStore<CheckedRecord, DocumentMeasure>;

/** Lines that are checked between two looks at the clock and two changes of the store. */
const batchSize = 256;

/** A document with a record on each line: an edit costs the lines it touches. */
export class LinesDocument implements CheckedDocument {
  readonly kind = 'lines';
  readonly store: Store;
  readonly context: CheckContext;
  #datasetFindings: readonly DatasetFinding[] | undefined;
  #ruleCounts: ReadonlyMap<string, number> | undefined;
  /** Handed on to the next version, which changes it; undefined from then on. */
  #repetitions: DocumentRepetitions | undefined;
  /** What the bytes on disk tell, while the text is what they hold. */
  readonly #saved: FileEncoding | undefined;

  private constructor(
    store: Store,
    context: CheckContext,
    repetitions: DocumentRepetitions | undefined,
    saved?: FileEncoding,
  ) {
    this.store = store;
    this.context = context;
    this.#repetitions = repetitions;
    this.#saved = saved;
  }

  static of(text: string, context: CheckContext): LinesDocument {
    const store = LineStore.of(text, documentMeasure);
    return new LinesDocument(store, context, new DocumentRepetitions());
  }

  get isChecked(): boolean {
    return this.store.measure.unchecked === 0;
  }

  get counts(): DocumentMeasure {
    return this.store.measure;
  }

  edit(range: Range | undefined, newText: string): LinesDocument {
    const edit = this.store.edit(range, newText);
    const repetitions = this.#handOver();
    repetitions.edit(edit);
    return new LinesDocument(edit.store, this.context, repetitions);
  }

  accompany(companion: Companion | undefined): LinesDocument {
    const context = { ...this.context, companion };
    return new LinesDocument(this.store, context, this.#handOver(), this.#saved);
  }

  withSaved(saved: FileEncoding): LinesDocument {
    return new LinesDocument(this.store, this.context, this.#handOver(), saved);
  }

  #handOver(): DocumentRepetitions {
    const repetitions = this.#repetitions ?? DocumentRepetitions.of(this.store);
    this.#repetitions = undefined;
    return repetitions;
  }

  check(isOver: () => boolean, fromLine = 0): LinesDocument {
    if (this.isChecked) return this;
    const scratch = new JsonScratch();
    const repetitions = this.#handOver();
    let { store } = this;
    while (store.measure.unchecked > 0) {
      const first = firstUnchecked(store, fromLine) ?? firstUnchecked(store, 0);
      if (first === undefined) break;
      const checked = this.#checkRun(store, first, isOver, scratch);
      repetitions.add(
        first,
        checked.map(({ fingerprint }) => fingerprint),
      );
      store = store.annotate(first, checked);
      if (isOver()) break;
    }
    return new LinesDocument(store, this.context, repetitions, this.#saved);
  }

  /** Checks lines that follow each other: at least one, so that every call gets on. */
  #checkRun(
    store: Store,
    first: number,
    isOver: () => boolean,
    scratch: JsonScratch,
  ): CheckedRecord[] {
    const checked: CheckedRecord[] = [];
    for (const line of store.lines(first)) {
      if (line.note || checked.length === batchSize) break;
      checked.push(checkLine(line, this.context, scratch));
      if (isOver()) break;
    }
    return checked;
  }

  countFindings(): SeverityCounts {
    const { error, warning, info, hint } = this.store.measure;
    const counts = { error, warning, info, hint };
    for (const { severity } of this.findingsAboutFile()) counts[severity]++;
    return counts;
  }

  gravestFindings(limit: number): PlacedFinding[] {
    const found: PlacedFinding[] = [];
    for (const severity of severities) {
      for (const finding of this.#findingsOf(severity)) {
        if (found.length >= limit) break;
        found.push(finding);
      }
    }
    return found.sort(comparePlaces);
  }

  problemAfter(line: number): PlacedFinding | undefined {
    const inRecord = this.#lineOfProblem(this.#problemsBefore(line + 1) + 1);
    const aboutFile = this.#datasetProblems().find((finding) => finding.line > line)?.line;
    return this.#firstProblemOn(Math.min(inRecord ?? Infinity, aboutFile ?? Infinity));
  }

  problemBefore(line: number): PlacedFinding | undefined {
    const inRecord = this.#lineOfProblem(this.#problemsBefore(line));
    const aboutFile = this.#datasetProblems().findLast((finding) => finding.line < line)?.line;
    return this.#firstProblemOn(Math.max(inRecord ?? -1, aboutFile ?? -1));
  }

  /** Of the records above a line; those about the file as a whole are in no sum. */
  #problemsBefore(line: number): number {
    return countProblems(this.store.before(Math.min(Math.max(line, 0), this.store.lineCount)));
  }

  /** Where the sums reach a number of problems, which counts from 1. */
  #lineOfProblem(number: number): number | undefined {
    if (number < 1) return undefined;
    return this.store.find((measure) => countProblems(measure) >= number)?.index;
  }

  #firstProblemOn(line: number): PlacedFinding | undefined {
    if (line < 0 || line >= this.store.lineCount) return undefined;
    const inRecord = (this.store.line(line).note?.findings ?? []).filter(isProblem);
    const aboutFile = this.#datasetProblems().filter((finding) => finding.line === line);
    return [
      ...inRecord.map((finding) => placeFinding(finding, line)),
      ...aboutFile.map((finding) => this.#placeOnLine(finding)),
    ].sort(comparePlaces)[0];
  }

  /** By line. At most a thousand of a rule: looked through one by one. */
  #datasetProblems(): readonly DatasetFinding[] {
    return this.findingsAboutFile()
      .filter(isProblem)
      .sort((a, b) => a.line - b.line);
  }

  *#findingsOf(severity: Severity): Generator<PlacedFinding> {
    for (const finding of this.findingsAboutFile()) {
      if (finding.severity === severity) yield this.#placeOnLine(finding);
    }
    for (const { line, note } of this.#linesWith(severity)) {
      for (const finding of note.findings) {
        if (finding.severity === severity) yield placeFinding(finding, line);
      }
    }
  }

  #placeOnLine(finding: DatasetFinding): PlacedFinding {
    const { lineCount } = this.store;
    // What is saved may be another text.
    const length = finding.line < lineCount ? this.store.line(finding.line).text.length : 0;
    return placeDatasetFinding(finding, length);
  }

  /** Jumps from one line with a finding of the severity to the next. */
  *#linesWith(severity: Severity): Generator<{ line: number; note: CheckedRecord }> {
    for (let seen = 0; seen < this.store.measure[severity];) {
      const found = this.store.find((measure) => measure[severity] > seen);
      const note = found && this.store.line(found.index).note;
      if (!note) return;
      yield { line: found.index, note };
      seen = this.store.before(found.index + 1)[severity];
    }
  }

  recordAt({ line }: Position): RecordAt | undefined {
    if (line < 0 || line >= this.store.lineCount) return undefined;
    const { text } = this.store.line(line);
    return isBlank(text) ? undefined : recordOnLine(text, line);
  }

  *records(): Generator<RecordAt> {
    let line = 0;
    for (const { text } of this.store.lines()) {
      if (!isBlank(text)) yield recordOnLine(text, line);
      line++;
    }
  }

  *recordsWith(rule?: string): Generator<RecordAt> {
    let line = 0;
    for (const { text, note } of this.store.lines()) {
      if (note?.findings.some((finding) => (rule ?? finding.rule) === finding.rule))
        yield recordOnLine(text, line);
      line++;
    }
  }

  countOf(rule: string): number {
    this.#ruleCounts ??= countRules(this.store.lines());
    return this.#ruleCounts.get(rule) ?? 0;
  }

  /** Nothing is said of a file that has been read in part. */
  findingsAboutFile(): readonly DatasetFinding[] {
    if (!this.isChecked) return [];
    return (this.#datasetFindings ??= [...checkDataset(this.#view(), this.context)]);
  }

  #view(): DatasetView {
    const { store, context } = this;
    this.#repetitions ??= DocumentRepetitions.of(store);
    const repetitions = this.#repetitions;
    const { companion } = context;
    let comparison: Comparison | undefined;
    const places = findPlaces(
      context.limits,
      ({ count, over }) => store.find((measure) => measure[count] > over)?.index,
    );
    return {
      ...store.measure,
      places,
      encoding: this.#saved ?? {
        hasByteOrderMark: false,
        loneReturns: store.measure.loneReturns,
        firstLoneReturn: places.firstLoneReturn,
        invalidBytes: [],
      },
      get comparison() {
        return (comparison ??= repetitions.compare(store, companion));
      },
      companion,
    };
  }
}

function firstUnchecked(store: Store, fromLine: number): number | undefined {
  const { unchecked } = store.before(Math.min(fromLine, store.lineCount));
  return store.find((measure) => measure.unchecked > unchecked)?.index;
}

function countRules(lines: Iterable<Line<CheckedRecord>>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { note } of lines) {
    for (const { rule } of note?.findings ?? []) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

function recordOnLine(text: string, line: number): RecordAt {
  return {
    text,
    line,
    offsetOf: ({ character }) => character,
    positionOf: (offset) => ({ line, character: offset }),
  };
}
