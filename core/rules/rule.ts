import type { RelatedPlace, Report, Severity } from '../finding/finding.ts';
import type { DataUri } from '../image/dataUri.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import type { LearntImage, LearntImages } from '../image/learntImages.ts';
import type { LimitName, Profile } from '../profile/profile.ts';
import type { Example, PlacedImage } from '../record/example.ts';
import type { JsonTree } from '../record/jsonTree.ts';
import type { Companion } from '../dataset/companion.ts';
import type { Likenesses } from '../dataset/compare.ts';
import type { FileEncoding } from '../dataset/encoding.ts';
import type { DatasetTotals } from '../dataset/totals.ts';
import type { Span } from '../text/span.ts';

/**
 * One check: data and a pure function. The engine adds severity, runs it only where it makes sense (see `scope`) and
 * keeps it silent where it is switched off.
 */
export type Rule = BlankLineRule | TextRule | RecordRule | ImageRule | DatasetRule;

interface RuleBase {
  /** Kebab case; equal to the file's name, the page in docs/rules and the key in settings. Public, never reused. */
  readonly id: string;
  /** One sentence: what must be so. */
  readonly summary: string;
  /** By default; a report may be graver or milder, a setting overrides both. */
  readonly severity: Severity;
  /** Whether an error of this rule means that the service leaves the example out and goes on. */
  readonly skipsExample?: true;
  /** Whether a report of this rule means that it is likely to, as far as anybody but the service can tell. */
  readonly forecastsSkip?: true;
  /**
   * One cause, one finding: where this rule reports on a record or an image, these rules are not run on it.
   * They stand later in the registry.
   */
  readonly supersedes?: readonly string[];
}

/** Looks at a line that holds no record. */
export interface BlankLineRule extends RuleBase {
  readonly scope: 'blank-line';
  readonly check: (view: BlankLineView, context: RuleContext) => Iterable<Report>;
}

/** Looks at a record as text, broken or not. */
export interface TextRule extends RuleBase {
  readonly scope: 'text';
  readonly check: (view: TextView, context: RuleContext) => Iterable<Report>;
  /** Looks at what the bytes of the file tell besides, once it has been read to its end. */
  readonly checkFile?: (view: FileEncoding, context: RuleContext) => Iterable<DatasetReport>;
}

/**
 * Looks at a record that is JSON. Of the text of a message, and of the text of a part, it may look only at whether there is any,
 * unless `KnownRecords` is told of it: a record that differs from a sound one in nothing else is not read. What a rule in its
 * `reportsOfForm.ts` says is said of other records of the form too.
 */
export interface RecordRule extends RuleBase {
  readonly scope: 'record';
  readonly check: (view: RecordView, context: RuleContext) => Iterable<Report>;
}

/** Looks at one picture of a record that is JSON. Which digits sound base64 has may not matter to it, but for `facts`. */
export interface ImageRule extends RuleBase {
  readonly scope: 'image';
  readonly check: (view: ImageView, context: RuleContext) => Iterable<Report>;
}

/** Looks at the file as a whole, once it has been read to its end. */
export interface DatasetRule extends RuleBase {
  readonly scope: 'dataset';
  readonly check: (view: DatasetView, context: RuleContext) => Iterable<DatasetReport>;
}

export interface BlankLineView {
  /** Of its white space, in UTF-16 code units. */
  readonly length: number;
  /** Whether it is what follows the last line end of the file. */
  readonly isLast: boolean;
}

export interface TextView {
  readonly tree: JsonTree;
}

export interface RecordView extends TextView {
  readonly example: Example;
}

export interface ImageView extends RecordView, PlacedImage {
  /** The text of `image.url`, escapes resolved. */
  readonly address: string;
  /** The address taken apart; undefined unless it is a data URI. */
  readonly dataUri: DataUri | undefined;
  /** What the bytes say; undefined for a picture that is somewhere else and was not fetched. */
  readonly facts: ImageFacts | undefined;
  /** What a person had looked up besides; undefined where nobody did. */
  readonly learnt: LearntImage | undefined;
}

/** A file that has been read to its end. */
export interface DatasetView extends DatasetTotals {
  readonly encoding: FileEncoding;
  /** Worked out when first asked for. */
  readonly comparison: Likenesses;
  /** The other file of the pair, if there is one. */
  readonly companion: Companion | undefined;
}

/** A report on one line. */
export interface DatasetReport extends Omit<Report, 'span'> {
  /** From 0. */
  readonly line: number;
  /** In the record on that line; its first character where that is left out. */
  readonly span?: Span;
  /** Whether it is about bytes that no editor shows as text: then it has no fixes, and all certain repairs of a file take it away. */
  readonly isRepairedInBytes?: true;
  readonly related?: RelatedPlace;
}

/** What a rule may know besides its view. Nothing in core reads the clock or a setting. */
export interface RuleContext {
  readonly profile: Profile;
  /** The profile's limits after what a user overrides. */
  readonly limits: Readonly<Record<LimitName, number>>;
  /** How often the job is to go over the file, where a user says so. */
  readonly epochs?: number;
  /** ISO 8601, local: `2026-11-21`. */
  readonly today: string;
  /** What was looked up of the file's pictures: fetched from the web, decoded to the end, screened. */
  readonly learnt?: LearntImages | undefined;
}
