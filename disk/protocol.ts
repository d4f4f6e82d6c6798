/** What the process that reads large files and whoever asks it say to each other. */

import type { PlacedFinding, SeverityCounts } from '../core/check/checkedDocument.ts';
import type { Severity } from '../core/finding/finding.ts';
import type {
  RepairChoice,
  RepairedImages,
  RepairOptionsOffered,
} from '../core/image/repairOffer.ts';
import type { LearntImage } from '../core/image/learntImages.ts';

/** What can be asked of the process, about the one file that it was started for. */
export interface DiskTasks {
  readonly check: { readonly takes: CheckWishes; readonly gives: DiskReport };
  readonly rows: { readonly takes: RowWishes; readonly gives: DiskRows };
  readonly record: { readonly takes: RecordWishes; readonly gives: DiskRecord };
  readonly find: { readonly takes: FindWishes; readonly gives: number | undefined };
  readonly replace: { readonly takes: Replacement; readonly gives: undefined };
  readonly repair: { readonly takes: RepairWishes; readonly gives: RepairReport };
}

export type DiskTask = keyof DiskTasks;

export interface CheckWishes {
  /** What the editor answers for the section of the settings, as it is. */
  readonly settings: unknown;
  /** By `learntKey`. */
  readonly learnt: readonly (readonly [key: string, image: LearntImage])[];
  /** Whether it is checked whatever it looks like. */
  readonly isAskedFor: boolean;
  /** Findings that come with the report. */
  readonly maxFindings: number;
}

/** What a check of the whole file has given. */
export interface DiskReport {
  /** `ignored`: it does not look like training data, or the settings want no check. */
  readonly state: 'ignored' | 'checked';
  readonly records: number;
  readonly images: number;
  readonly bytes: number;
  /** The first of them, that are as they were when the file was checked before: known without another check. */
  readonly unchangedBytes: number;
  /** All findings, listed or not. */
  readonly counts: SeverityCounts;
  /** The gravest of all, in order of place. */
  readonly findings: readonly PlacedFinding[];
  readonly provider: 'azure' | 'openai';
  readonly providerName: string;
  readonly model: string;
  readonly limitsDate: string;
}

export interface RowWishes {
  /** From 0, among the records. */
  readonly from: number;
  readonly count: number;
}

export interface DiskRows {
  /** Records that are known so far. */
  readonly records: number;
  /** Whether these are all. */
  readonly isComplete: boolean;
  readonly rows: readonly DiskRow[];
}

/** A record in a list. */
export interface DiskRow {
  /** The first words that somebody says in it. */
  readonly words: string;
  readonly images: number;
  readonly byteLength: number;
  /** The gravest of its findings that is more than a hint, once the file is checked. */
  readonly severity: Severity | undefined;
}

export interface RecordWishes {
  /** From 0, among the records. */
  readonly index: number;
}

export interface DiskRecord extends RecordPlace {
  /** From 0, blank lines included. */
  readonly line: number;
  readonly text: string;
  /** Of its own, and of the whole file where they are on its line. Places are in the text. */
  readonly findings: readonly PlacedFinding[];
  readonly cost: { readonly images: number; readonly min: number; readonly max: number };
}

/** Where a record stands, and in which state of its file. Offsets and lengths in bytes. */
export interface RecordPlace {
  readonly offset: number;
  readonly byteLength: number;
  readonly stamp: FileStamp;
}

/** What tells one state of a file from another. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

export interface FindWishes {
  /** The record from which the search goes, itself left out; -1 for the start of the file. */
  readonly from: number;
  readonly isBackwards: boolean;
  /** A text to look for; undefined for the next record with a finding that is more than a hint. */
  readonly text: string | undefined;
}

export interface Replacement {
  readonly place: RecordPlace;
  /** One line, without its end. */
  readonly text: string;
}

/** Repairs are those that are certain, as of "fix all". With the settings of the last check. */
export type RepairWishes =
  /** Tells what would be done, and writes nothing. */
  | { readonly kind: 'dryRun' }
  | {
      readonly kind: 'write';
      /** The state of the file of which it was told. */
      readonly stamp: FileStamp;
      /** Whose findings are repaired. */
      readonly rules: readonly string[];
      /** Of what was offered for images, behind all else; absent where they stay as they are. */
      readonly images?: RepairChoice | undefined;
    };

export interface RepairReport {
  /** The state of the file that was read. */
  readonly stamp: FileStamp;
  /** What is done, the most frequent first. */
  readonly kinds: readonly RepairKind[];
  /** What a check finds afterwards. */
  readonly left: SeverityCounts;
  /** Of a dry run: what can be done to images. */
  readonly offer?: ImageOffer;
  /** What was done to images, if anything was to be. */
  readonly images?: RepairedImages | undefined;
}

/** Images are counted, and not listed. */
export interface ImageOffer extends RepairOptionsOffered {
  /** Images that cannot be repaired. */
  readonly refused: number;
}

/** The repairs for one rule. */
export interface RepairKind {
  readonly rule: string;
  readonly count: number;
  /** Of the first one: its line, from 0, in the file as it was. */
  readonly line: number;
  readonly title: string;
}

/** To the process. `path` and its name are told with the start. */
export type ToDisk =
  | { readonly kind: 'ask'; readonly id: number; readonly task: DiskTask; readonly takes: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromDisk =
  | { readonly kind: 'done'; readonly id: number; readonly gives: unknown }
  /** The world refused: the file is gone, has changed, cannot be written. In words without a full stop. */
  | { readonly kind: 'refused'; readonly id: number; readonly reason: string }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string }
  | (Progress & { readonly kind: 'progress'; readonly id: number });

/** How far a check or a repair has come. */
export interface Progress {
  /** Read so far, of all. */
  readonly bytes: number;
  readonly size: number;
  /** Repaired so far. */
  readonly images?: number | undefined;
}
