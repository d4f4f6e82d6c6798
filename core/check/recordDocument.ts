import { isProblem, severities } from '../finding/finding.ts';
import { noCounts, type RecordCounts } from '../dataset/totals.ts';
import { LineStore } from '../text/lineStore.ts';
import type { Range } from '../text/position.ts';
import type {
  CheckedDocument,
  PlacedFinding,
  RecordAt,
  SeverityCounts,
} from './checkedDocument.ts';
import { checkRecord, type CheckedRecord } from './checkRecord.ts';
import type { CheckContext } from './context.ts';
import { countSeverities, documentMeasure, type DocumentMeasure } from './documentMeasure.ts';
import type { CheckedLine } from './lineChecker.ts';
import { comparePlaces } from './places.ts';

/** A document that is one record, formatted over as many lines as it likes; an edit reads all of it again. */
export class RecordDocument implements CheckedDocument {
  readonly kind = 'record';
  readonly store: LineStore<CheckedLine, DocumentMeasure>;
  readonly context: CheckContext;
  readonly #checked: CheckedRecord | undefined;

  private constructor(
    store: LineStore<CheckedLine, DocumentMeasure>,
    context: CheckContext,
    checked?: CheckedRecord,
  ) {
    this.store = store;
    this.context = context;
    this.#checked = checked;
  }

  static of(text: string, context: CheckContext): RecordDocument {
    return new RecordDocument(LineStore.of(text, documentMeasure), context);
  }

  get isChecked(): boolean {
    return this.#checked !== undefined;
  }

  get counts(): RecordCounts {
    return this.#checked ?? noCounts;
  }

  edit(range: Range | undefined, newText: string): RecordDocument {
    return new RecordDocument(this.store.edit(range, newText).store, this.context);
  }

  withContext(context: CheckContext): RecordDocument {
    return new RecordDocument(this.store, context);
  }

  /** One record is no file to train on. */
  accompany(): this {
    return this;
  }

  withSaved(): this {
    return this;
  }

  check(): RecordDocument {
    if (this.isChecked) return this;
    return new RecordDocument(
      this.store,
      this.context,
      checkRecord(this.store.getText(), this.context),
    );
  }

  countFindings(): SeverityCounts {
    return countSeverities(this.#checked?.findings ?? []);
  }

  gravestFindings(limit: number): PlacedFinding[] {
    const findings = [...(this.#checked?.findings ?? [])];
    return findings
      .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
      .slice(0, limit)
      .map(({ rule, severity, message, span }) => {
        const range = {
          start: this.store.positionAt(span.start),
          end: this.store.positionAt(span.end),
        };
        return { rule, severity, message, range };
      })
      .sort(comparePlaces);
  }

  findingsAboutFile(): [] {
    return [];
  }

  countCopies(): number {
    return 0;
  }

  problemAfter(line: number): PlacedFinding | undefined {
    return this.#problems().find(({ range }) => range.start.line > line);
  }

  problemBefore(line: number): PlacedFinding | undefined {
    const problems = this.#problems();
    const nearest = problems.findLast(({ range }) => range.start.line < line)?.range.start.line;
    return problems.find(({ range }) => range.start.line === nearest);
  }

  #problems(): PlacedFinding[] {
    return this.gravestFindings(Infinity).filter(isProblem);
  }

  recordAt(): RecordAt {
    return {
      text: this.store.getText(),
      line: 0,
      offsetOf: (position) => this.store.offsetAt(position),
      positionOf: (offset) => this.store.positionAt(offset),
    };
  }

  records(): Iterable<RecordAt> {
    return [this.recordAt()];
  }

  *recordsWith(rule?: string): Generator<RecordAt> {
    const findings = this.#checked?.findings ?? [];
    if (findings.some((finding) => (rule ?? finding.rule) === finding.rule)) yield this.recordAt();
  }

  countOf(rule: string): number {
    return (this.#checked?.findings ?? []).filter((finding) => finding.rule === rule).length;
  }
}
