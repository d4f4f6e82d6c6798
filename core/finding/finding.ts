import type { Span } from '../text/span.ts';

/** From gravest to mildest; the order is the order of importance everywhere. */
export const severities = ['error', 'warning', 'info', 'hint'] as const;

/** How grave a finding is: see "Severity" in docs/architecture.md for the one policy. */
export type Severity = (typeof severities)[number];

/** Whether it is worth going to: a hint is only looked at. */
export function isProblem({ severity }: { readonly severity: Severity }): boolean {
  return severity !== 'hint';
}

/** What a setting may say of a rule: a severity, or `off`, and then the rule is not run. */
export type Level = Severity | 'off';

export const levels: readonly Level[] = ['off', 'hint', 'info', 'warning', 'error'];

/** Replaces the text of `span` (offsets in the record) by `newText`. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** One way to repair a finding, confined to its record. */
export interface Fix {
  /** What it does, in the imperative: `Set detail to low`. */
  readonly title: string;
  /** What it does where several of its kind are done together; without it, the title says that too. */
  readonly kindTitle?: string;
  /** Fixes of the same kind can be applied together: `detail-low`. Kebab case, public. */
  readonly kind: string;
  /** In order of place, never overlapping. */
  readonly edits: readonly Edit[];
  /** Whether the repair is certain, so that "fix all" may apply it unasked. At most one of a finding's fixes is. */
  readonly isCertain: boolean;
  /**
   * What becomes of the line that the record is on; by default it stays one line. `split`: the edits hold line feeds,
   * between the records that it becomes. `remove`: it goes, line end included. Only where each line is a record.
   */
  readonly line?: 'split' | 'remove';
}

/** What a rule yields. The engine adds the rule's id and the severity. */
export interface Report {
  /** Where, in the record: on the value that is wrong, never on a whole line. */
  readonly span: Span;
  /** One sentence: what is wrong with this value, then what is expected. Never base64, no value over 40 characters. */
  readonly message: string;
  /** Instead of the rule's own severity; a severity from the settings still wins. */
  readonly severity?: Severity;
  /** Rules that are not run because of this report, besides those that its rule always supersedes. */
  readonly supersedes?: readonly string[];
  /** Worked out when somebody asks for it, most findings being only looked at. */
  readonly fixes?: () => readonly Fix[];
}

/** Another line that a finding is about, in the same file or in another one. */
export interface RelatedPlace {
  /** From 0. */
  readonly line: number;
  /** What stands there, in a few words without a full stop. */
  readonly message: string;
  /** Of another file: as it is shown, and its address if it has one. */
  readonly name?: string;
  readonly uri?: string | undefined;
}

/** A report with the engine's additions. Holds no reference to the text of its record. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
}
