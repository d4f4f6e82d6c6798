import type { RelatedPlace, Severity } from '../finding/finding.ts';
import type { Companion } from '../dataset/companion.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import type { RecordCounts } from '../dataset/totals.ts';
import type { LineStore } from '../text/lineStore.ts';
import type { Position, Range } from '../text/position.ts';
import type { DatasetFinding } from './checkDataset.ts';
import type { CheckContext } from './context.ts';
import type { DocumentMeasure } from './documentMeasure.ts';
import type { CheckedLine } from './lineChecker.ts';

/** `lines`: a record on each line. `record`: one record, formatted over many lines. */
export type DocumentKind = 'lines' | 'record';

/** A finding with its place in the file. */
export interface PlacedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly related?: RelatedPlace;
}

export type SeverityCounts = Readonly<Record<Severity, number>>;

/**
 * A text that is open somewhere, with what is known of its records. Immutable: an edit or a check makes another one
 * that shares all that stays as it is, so that whoever holds one can work on it in peace.
 */
export interface CheckedDocument {
  readonly kind: DocumentKind;
  readonly store: LineStore<CheckedLine, DocumentMeasure>;
  readonly context: CheckContext;
  /** Whether every record is checked; findings about the whole file are known only then. */
  readonly isChecked: boolean;
  /** Of the records that are checked. */
  readonly counts: RecordCounts;
  /** With another text in a range, or instead of the whole text. Costs what the range costs, not the file. */
  edit(range: Range | undefined, newText: string): CheckedDocument;
  /** The same text, to be checked anew with another context. */
  withContext(context: CheckContext): CheckedDocument;
  /** With the other file of a pair, as it is now. No line is checked again. */
  accompany(companion: Companion | undefined): CheckedDocument;
  /** With what the bytes on disk tell of the text as it is; an edit forgets it. */
  withSaved(saved: FileEncoding): CheckedDocument;
  /** Checks what is not checked yet, from a line on and then from the top, until it is done or `isOver` says so. */
  check(isOver: () => boolean, fromLine?: number): CheckedDocument;
  /** How many findings of each severity there are. */
  countFindings(): SeverityCounts;
  /** At most `limit` findings, the gravest of all, in order of place. */
  gravestFindings(limit: number): PlacedFinding[];
  /** What is found of the file as a whole; nothing before every record is checked. */
  findingsAboutFile(): readonly DatasetFinding[];
  /** How many examples stand further up already; also those that are not reported for their number. */
  countCopies(): number;
  /** The first problem, in a record or about the file, on the nearest line below one that has any; hints do not count. */
  problemAfter(line: number): PlacedFinding | undefined;
  /** The same on the nearest line above. */
  problemBefore(line: number): PlacedFinding | undefined;
  /** The record that a position is in; undefined on a blank line. */
  recordAt(position: Position): RecordAt | undefined;
  /** All records in order. */
  records(): Iterable<RecordAt>;
  /** The records, and the blank lines, that have a finding of the rule, or of any rule, in order. */
  recordsWith(rule?: string): Iterable<RecordAt>;
  /** How many findings of the rule there are in these. Counted once a document. */
  countOf(rule: string): number;
}

/** One record of a document. */
export interface RecordAt {
  readonly text: string;
  /** Where the record begins. */
  readonly line: number;
  offsetOf(position: Position): number;
  positionOf(offset: number): Position;
}
