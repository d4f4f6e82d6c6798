/**
 * What the editor of records and the extension say to each other, besides what the preview of one record says. Types and guards
 * only: both sides import it.
 */

import {
  readFromPage,
  type FromPage,
  type PreviewedFinding,
  type ShownRecord,
} from './protocol.ts';

/** A record in the list. Records count from 0 here, and from 1 where a person reads them. */
export interface ListedRecord {
  /** The first words that somebody says in it. */
  readonly words: string;
  readonly images: number;
  /** The gravest of what was found in it. */
  readonly severity: PreviewedFinding['severity'] | undefined;
}

/** Extension → page; besides, what `ToPage` has about a record. */
export type ToList =
  /** Whenever more is known of the file, or when it is another one: then rows are asked for again. */
  | {
      readonly kind: 'list';
      readonly records: number;
      readonly isComplete: boolean;
      readonly summary: string;
      readonly isNew: boolean;
    }
  | { readonly kind: 'rows'; readonly from: number; readonly rows: readonly ListedRecord[] }
  /** Goes to a record that was asked for or found. */
  | { readonly kind: 'select'; readonly index: number }
  | ({ readonly kind: 'shown' } & ShownRecord);

/** Page → extension. */
export type FromList =
  | { readonly kind: 'rows'; readonly from: number; readonly count: number }
  | { readonly kind: 'show'; readonly index: number }
  /** From a record on, itself left out; -1 for the start. Without a text, the next record with a problem. */
  | {
      readonly kind: 'find';
      readonly from: number;
      readonly isBackwards: boolean;
      readonly text: string | undefined;
    }
  /** Nothing is searched for any more. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'edit'; readonly index: number }
  /** All of the file. */
  | { readonly kind: 'repair' }
  | FromPage;

/** What a page keeps for the one that comes after it in its tab. */
export interface ListState {
  /** From 0; -1 where no record is selected. */
  readonly selected: number;
  /** What stands in the field to search with. */
  readonly search: string;
}

/** Undefined for anything else. */
export function readListState(value: unknown): ListState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { selected, search } = value as Readonly<Record<string, unknown>>;
  return isCount(selected) && typeof search === 'string' ? { selected, search } : undefined;
}

/** Rows that may be asked for at once. */
const maxRows = 200;

/** Characters of a text to look for. */
const maxText = 1000;

/** Undefined for anything that is no message of the page; what else it carries is left out. */
export function readFromList(value: unknown): FromList | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const { kind, from, count, index, isBackwards, text } = given;
  switch (kind) {
    case 'rows':
      return isCount(from) && isCount(count) && count <= maxRows
        ? { kind, from, count }
        : undefined;
    case 'show':
    case 'edit':
      return isCount(index) ? { kind, index } : undefined;
    case 'repair':
    case 'stop':
      return { kind };
    case 'find':
      if (typeof isBackwards !== 'boolean' || !(isCount(from) || from === -1)) return undefined;
      if (text === undefined) return { kind, from, isBackwards, text };
      return typeof text === 'string' && text !== '' && text.length <= maxText
        ? { kind, from, isBackwards, text }
        : undefined;
    default:
      return readFromPage(value);
  }
}

/** The page hears nobody but VS Code, and takes nothing that is not a message all the same. */
export function isToList(value: unknown): value is ToList {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const kinds: readonly unknown[] = ['list', 'rows', 'select', 'shown'] satisfies ToList['kind'][];
  return kinds.includes(value.kind);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
