import { isProblem, severities, type Severity } from '../finding/finding.ts';
import type { Likenesses } from '../dataset/compare.ts';
import type { Companion } from '../dataset/companion.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import { isBlank } from '../record/isBlank.ts';
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
import type { CheckContext } from './context.ts';
import { DocumentRepetitions } from './documentRepetitions.ts';
import { countProblems, documentMeasure, type DocumentMeasure } from './documentMeasure.ts';
import { viewDocument } from './documentView.ts';
import { LineChecker, type CheckedLine } from './lineChecker.ts';
import { comparePlaces, placeDatasetFinding, placeFinding } from './places.ts';

type Store = LineStore<CheckedLine, DocumentMeasure>;

/** Lines that are checked between two looks at the clock and two changes of the store. */
const batchSize = 256;

/** A document with a record on each line: an edit costs the lines it touches. */
export class LinesDocument implements CheckedDocument {
  readonly kind = 'lines';
  readonly store: Store;
  readonly context: CheckContext;
  readonly isChecked: boolean;
  readonly #checker: LineChecker;
  #datasetFindings: readonly DatasetFinding[] | undefined;
  #ruleCounts: ReadonlyMap<string, number> | undefined;
  /** Handed on to the next version, which changes it; undefined from then on. */
  #repetitions: DocumentRepetitions | undefined;
  /** What the bytes on disk tell, while the text is what they hold. */
  readonly #saved: FileEncoding | undefined;

  private constructor(
    store: Store,
    context: CheckContext,
    checker: LineChecker,
    repetitions: DocumentRepetitions,
    saved?: FileEncoding,
  ) {
    this.store = store;
    this.context = context;
    this.#checker = checker;
    this.#repetitions = repetitions;
    this.#saved = saved;
    this.isChecked = store.measure.unchecked === 0 && repetitions.isSettled;
  }

  static of(text: string, context: CheckContext): LinesDocument {
    return LinesDocument.#unchecked(LineStore.of(text, documentMeasure), context);
  }

  static #unchecked(store: Store, context: CheckContext): LinesDocument {
    const repetitions = new DocumentRepetitions(store.lineCount, context.companion);
    return new LinesDocument(store, context, new LineChecker(context), repetitions);
  }

  get counts(): DocumentMeasure {
    return this.store.measure;
  }

  edit(range: Range | undefined, newText: string): LinesDocument {
    const edit = this.store.edit(range, newText);
    const repetitions = this.#handOver().edit(edit);
    return new LinesDocument(edit.store, this.context, this.#checker, repetitions);
  }

  withContext(context: CheckContext): LinesDocument {
    const { store } = this;
    const isNew = store.measure.unchecked === store.lineCount;
    return LinesDocument.#unchecked(isNew ? store : store.withoutNotes(), context);
  }

  accompany(companion: Companion | undefined): LinesDocument {
    const context = { ...this.context, companion };
    const repetitions = this.#handOver();
    repetitions.accompany(companion);
    return new LinesDocument(this.store, context, this.#checker, repetitions, this.#saved);
  }

  withSaved(saved: FileEncoding): LinesDocument {
    return new LinesDocument(this.store, this.context, this.#checker, this.#handOver(), saved);
  }

  #handOver(): DocumentRepetitions {
    const repetitions = this.#repetitions ?? this.#compareAnew();
    this.#repetitions = undefined;
    return repetitions;
  }

  /** For a version that others have taken the place of. */
  #compareAnew(): DocumentRepetitions {
    const repetitions = new DocumentRepetitions(this.store.lineCount, this.context.companion);
    repetitions.add(
      0,
      Array.from(this.store.lines(), ({ note }) => note?.keys),
    );
    if (this.isChecked) repetitions.settle(this.#textOf, () => false);
    return repetitions;
  }

  readonly #textOf = (line: number): string => this.store.line(line).text;

  check(isOver: () => boolean, fromLine = 0): LinesDocument {
    if (this.isChecked) return this;
    const repetitions = this.#handOver();
    let { store } = this;
    while (store.measure.unchecked > 0) {
      const first = firstUnchecked(store, fromLine) ?? firstUnchecked(store, 0);
      if (first === undefined) break;
      const checked = this.#checkRun(store, first, isOver);
      repetitions.add(
        first,
        checked.map(({ keys }) => keys),
      );
      store = store.annotate(first, checked);
      if (isOver()) break;
    }
    if (store.measure.unchecked === 0) repetitions.settle(this.#textOf, isOver);
    return new LinesDocument(store, this.context, this.#checker, repetitions, this.#saved);
  }

  /** Checks lines that follow each other: at least one, so that every call gets on. */
  #checkRun(store: Store, first: number, isOver: () => boolean): CheckedLine[] {
    const checked: CheckedLine[] = [];
    for (const line of store.lines(first)) {
      if (line.note || checked.length === batchSize) break;
      checked.push(this.#checker.check(line));
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

  /** Passes over stretches without a finding of the severity. */
  *#linesWith(severity: Severity): Generator<{ line: number; note: CheckedLine }> {
    for (const [line, { note }] of this.store.linesWhere((measure) => measure[severity] > 0)) {
      if (note && note.findings.length > 0) yield { line, note };
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
    return (this.#datasetFindings ??= this.#checkDataset());
  }

  #checkDataset(): readonly DatasetFinding[] {
    const view = viewDocument(this.store, this.context, this.#saved, () => this.#compare());
    return [...checkDataset(view, this.context)];
  }

  countCopies(): number {
    return this.isChecked ? countItems(this.#compare().repeatedExamples) : 0;
  }

  #compare(): Likenesses {
    this.#repetitions ??= this.#compareAnew();
    return this.#repetitions.compare();
  }
}

function firstUnchecked(store: Store, fromLine: number): number | undefined {
  const { unchecked } = store.before(Math.min(fromLine, store.lineCount));
  return store.find((measure) => measure.unchecked > unchecked)?.index;
}

function countItems(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) count++;
  return count;
}

function countRules(lines: Iterable<Line<CheckedLine>>): ReadonlyMap<string, number> {
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
