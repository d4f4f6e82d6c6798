/**
 * What the preview of a record and the extension say to each other. Types and guards only: both sides import it, and nothing
 * else of each other. Texts are those of the record, with control characters made visible; the page shows them as text.
 */

/** A record as the page draws it: plain data. */
export interface PreviewedRecord {
  readonly messages: readonly PreviewedMessage[];
  /** The definitions of tools, as JSON. */
  readonly tools: PreviewedText | undefined;
  /** About the record as a whole. */
  readonly findings: readonly PreviewedFinding[];
  /** Messages and parts that are left out for there are too many. */
  readonly omitted: number;
}

export interface PreviewedMessage {
  readonly role: string;
  /** What stands beside the role: `weight 0`, `name example`, `answers call_1`. */
  readonly notes: readonly string[];
  readonly blocks: readonly PreviewedBlock[];
  readonly findings: readonly PreviewedFinding[];
}

export type PreviewedBlock = PreviewedText | PreviewedPicture;

/** A text, or the beginning of a long one. */
export interface PreviewedText {
  readonly kind: 'text';
  /** What it is if not simply what is said: `calls look_up`, `refusal`. */
  readonly label: string | undefined;
  /** Whether it is JSON or the like, in letters of one width. */
  readonly isCode: boolean;
  readonly text: string;
  /** Where its rest is asked for. */
  readonly id: number;
  /** Characters of all of it that `text` shows; each control character counts as one. */
  readonly shown: number;
  /** Characters of all of it. */
  readonly length: number;
}

export interface PreviewedPicture {
  readonly kind: 'picture';
  /** From 0, among the pictures of the record. */
  readonly index: number;
  /** The same for the same bytes, in whatever record; empty where none are shown. */
  readonly key: string;
  /** Why bytes are not shown, in words that end a sentence. */
  readonly refusal: string | undefined;
  /** What it is and costs, in words: what a screen reader reads. */
  readonly words: readonly string[];
  /** Of one that is somewhere else. Never a link. */
  readonly address: string | undefined;
  /** In pixels, upright; undefined when not known. */
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly boxes: readonly PreviewedBox[];
  readonly actions: readonly PictureAction[];
  readonly findings: readonly PreviewedFinding[];
}

/** Something seen in a picture. Sides are shares of its width and height, from 0 to 1. */
export interface PreviewedBox {
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PreviewedFinding {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly rule: string;
  /** Where it begins in the record. */
  readonly offset: number;
}

export const steps = ['previous', 'next', 'previousProblem', 'nextProblem'] as const;
export type Step = (typeof steps)[number];

export const pictureActions = ['copy', 'extract', 'setDetail', 'repair', 'checkAddress'] as const;
export type PictureAction = (typeof pictureActions)[number];

/** Where a record stands, which VS Code keeps with the page for the window after the next start. */
export interface Memento {
  readonly uri: string;
  /** From 0. */
  readonly line: number;
}

/** Undefined for anything that no page has kept. */
export function readMemento(value: unknown): Memento | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { uri, line } = value as Partial<Record<string, unknown>>;
  return typeof uri === 'string' && isCount(line) ? { uri, line } : undefined;
}

/** `revision` counts the records sent: what is asked of an old one is not answered. */
export interface ShownRecord {
  readonly revision: number;
  readonly record: PreviewedRecord;
  /** Whether it is the record that was shown before, with another text or other findings, or more of it. */
  readonly isSame: boolean;
}

/** Extension → page. */
export type ToPage =
  | ({ readonly kind: 'record'; readonly memento: Memento } & ShownRecord)
  /** `Record 12 of 1,204` and `2 images · about 1,230 tokens`, as soon as they are known. */
  | {
      readonly kind: 'place';
      readonly revision: number;
      readonly title: string;
      readonly summary: string;
    }
  | { readonly kind: 'nothing'; readonly words: string }
  /** Something happened that is only said: `This is the last record.` */
  | { readonly kind: 'notice'; readonly words: string }
  | {
      readonly kind: 'picture';
      readonly revision: number;
      readonly index: number;
      readonly isWhole: boolean;
      readonly bytes: Uint8Array;
      readonly mediaType: string;
    }
  | {
      readonly kind: 'noPicture';
      readonly revision: number;
      readonly index: number;
      readonly isWhole: boolean;
      readonly reason: string;
    }
  | {
      readonly kind: 'moreText';
      readonly revision: number;
      readonly id: number;
      /** What follows on the first `from` characters, up to the character `to`. */
      readonly pieces: readonly string[];
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'zoom'; readonly revision: number; readonly index: number };

/** Page → extension. */
export type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'go'; readonly step: Step }
  | {
      readonly kind: 'picture';
      readonly revision: number;
      readonly index: number;
      /** All of it instead of a smaller copy. */
      readonly isWhole: boolean;
    }
  /** The text behind its first `from` characters. */
  | {
      readonly kind: 'moreText';
      readonly revision: number;
      readonly id: number;
      readonly from: number;
    }
  | { readonly kind: 'moreMessages'; readonly revision: number }
  | { readonly kind: 'reveal'; readonly revision: number; readonly offset: number }
  | {
      readonly kind: 'act';
      readonly revision: number;
      readonly index: number;
      readonly action: PictureAction;
    };

/** Undefined for anything that is no message of the page; what else it carries is left out. */
export function readFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const { kind, step, revision, index, isWhole, id, from, offset, action } = given;
  if (kind === 'ready') return { kind };
  if (kind === 'go') return isOneOf(steps, step) ? { kind, step } : undefined;
  if (!isCount(revision)) return undefined;
  switch (kind) {
    case 'picture':
      return isCount(index) && typeof isWhole === 'boolean'
        ? { kind, revision, index, isWhole }
        : undefined;
    case 'moreText':
      return isCount(id) && isCount(from) ? { kind, revision, id, from } : undefined;
    case 'moreMessages':
      return { kind, revision };
    case 'reveal':
      return isCount(offset) ? { kind, revision, offset } : undefined;
    case 'act':
      return isCount(index) && isOneOf(pictureActions, action)
        ? { kind, revision, index, action }
        : undefined;
    default:
      return undefined;
  }
}

/** The page hears nobody but VS Code, and takes nothing that is not a message all the same. */
export function isToPage(value: unknown): value is ToPage {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const kinds: readonly unknown[] = [
    'record',
    'place',
    'nothing',
    'notice',
    'picture',
    'noPicture',
    'moreText',
    'zoom',
  ] satisfies ToPage['kind'][];
  return kinds.includes(value.kind);
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return values.some((each) => each === value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
