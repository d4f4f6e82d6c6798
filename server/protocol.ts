/**
 * What server and client say to each other beyond LSP. Types and names only: the client imports nothing else from
 * the server's folder. Positions and ranges are LSP's: lines and characters from 0, in UTF-16 code units.
 */

import type { Statistics } from '../core/check/statistics.ts';
import type { ImageFacts } from '../core/image/imageFacts.ts';
import type { LearntImage } from '../core/image/learntImages.ts';

/** Server → client, whenever it changes: what is known of a document. The client chooses the words. */
export const statusMethod = 'visionFinetune/status';

export interface FileStatus {
  readonly uri: string;
  readonly version: number;
  /**
   * `ignored`: the file does not look like training data, and nothing asks to check it all the same. `failed`: a bug has
   * ended the check, the log says which; the next change starts another.
   */
  readonly state: 'ignored' | 'checking' | 'checked' | 'failed';
  /** Of the records checked so far. */
  readonly records: number;
  readonly images: number;
  readonly counts: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly hint: number;
  };
  readonly provider: 'azure' | 'openai';
  /** As people write it: `Azure OpenAI`. */
  readonly providerName: string;
  readonly model: string;
  /** The date of the limits that were applied, ISO 8601. */
  readonly limitsDate: string;
  /** What ends or has ended at this provider, for this model. */
  readonly notices: readonly FileNotice[];
}

export interface FileNotice {
  /** `From 2027-01-06: OpenAI takes no fine-tuning jobs any more` */
  readonly text: string;
  /** Where that is written, and when it was. */
  readonly source: string;
}

/** Client → server: whether it still answers. Null, at once. */
export const pingMethod = 'visionFinetune/ping';

/** Client → server: check a file that is open, whether or not it looks like training data. Answers when it is done. */
export const checkFileMethod = 'visionFinetune/checkFile';

export interface CheckFileParams {
  readonly uri: string;
}

/** Null when the file is not open. */
export type CheckFileResult = CheckedFile | null;

export interface CheckedFile extends FileStatus {
  /** Every finding in order of place, the ones beyond what an editor shows included. */
  readonly findings: readonly FileFinding[];
}

export interface FileFinding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly range: ProtocolRange;
}

export interface ProtocolRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Client → server: the numbers of a file that is open, whether or not it is checked. */
export const statisticsMethod = 'visionFinetune/statistics';

export interface StatisticsParams {
  readonly uri: string;
}

/** Null when the file is not open. */
export type StatisticsResult = Statistics | null;

/** Client → server: what of a file's images is on the web, for a person who wants it fetched. */
export const webAddressesMethod = 'visionFinetune/webAddresses';

export interface WebAddressesParams {
  readonly uri: string;
  /** Of one record; absent for the whole file. */
  readonly line?: number;
}

/** Null when the file is not open. */
export type WebAddressesResult = WebAddresses | null;

export interface WebAddresses {
  /** As they are written, each once. */
  readonly addresses: readonly string[];
  /** The size limit that holds for the file. */
  readonly maxImageBytes: number;
}

/**
 * Client → server, without an answer: what was learnt of images because a person asked for it. Holds for every file until
 * the server ends.
 */
export const learntImagesMethod = 'visionFinetune/learntImages';

export interface LearntImagesParams {
  /** By `learntKey`. */
  readonly images: readonly (readonly [key: string, image: LearntImage])[];
}

/** Client → server: the edits that set the detail of images. */
export const setDetailMethod = 'visionFinetune/setDetail';

export interface SetDetailParams {
  readonly uri: string;
  readonly detail: 'low' | 'high' | 'auto';
  /** The image or record at this position; absent for the whole file. */
  readonly position?: { readonly line: number; readonly character: number };
  readonly scope: 'image' | 'record' | 'file';
}

export interface SetDetailResult {
  /** Of the document that the edits are for. */
  readonly version: number;
  /** Images whose detail changes. */
  readonly images: number;
  readonly edits: readonly { readonly range: ProtocolRange; readonly newText: string }[];
}

/** Client → server: the images whose bytes a repair would change. */
export const imagesToRepairMethod = 'visionFinetune/imagesToRepair';

export interface ImagesToRepairParams {
  readonly uri: string;
  /** Of one record; absent for the whole file. */
  readonly line?: number;
}

/** Null when the file is not open. */
export type ImagesToRepairResult = ImagesToRepair | null;

export interface ImagesToRepair {
  /** Of the document that was read. */
  readonly version: number;
  /** Most bytes of an image that no rule says anything of. */
  readonly maxBytes: number;
  /** In the order of the text; also those that are repaired only where a person asks for more, and those that cannot be. */
  readonly images: readonly ImageToRepair[];
}

export interface ImageToRepair {
  readonly line: number;
  /** From 0, among the images of the record. */
  readonly image: number;
  readonly facts: ImageFacts;
}

/** Client → server: where the images of a file are, for a person who wants them embedded or extracted. */
export const imagePlacesMethod = 'visionFinetune/imagePlaces';

export interface ImagePlacesParams {
  readonly uri: string;
  /** Those on the web, or those whose bytes stand in their address. */
  readonly kind: 'web' | 'embedded';
}

/** Null when the file is not open. */
export type ImagePlacesResult = ImagePlaces | null;

export interface ImagePlaces {
  /** Of the document that was read. */
  readonly version: number;
  /** The size limit that holds for the file, and most bytes of an image that no rule says anything of. */
  readonly maxImageBytes: number;
  readonly maxBytes: number;
  /** In the order of the text. */
  readonly images: readonly PlacedAddress[];
}

export interface PlacedAddress {
  readonly line: number;
  /** From 1, blank lines apart. */
  readonly record: number;
  /** From 0, among the images of the record. */
  readonly image: number;
  /** Of an image on the web, as it is written; empty for any other. */
  readonly address: string;
}

/** The command of the client that repairs images; code actions carry it. */
export const repairImagesCommand = 'visionFinetune.repairImages';

/** What it is given: one image, or, without line and image, the whole file. */
export interface RepairImagesArgument {
  readonly uri: string;
  readonly version: number;
  readonly line?: number;
  readonly image?: number;
}

/** Client → server: a record to go to. Answers when the file is checked. */
export const findRecordMethod = 'visionFinetune/findRecord';

export interface FindRecordParams {
  readonly uri: string;
  /** From where the search goes. */
  readonly line: number;
  /**
   * The record at the line or before it, else the first; the next or previous one, or the next or previous with a finding
   * that is more than a hint; or, from 1, the record of that number.
   */
  readonly want: 'here' | 'next' | 'previous' | 'nextProblem' | 'previousProblem' | number;
}

/** Null when there is none. */
export type FindRecordResult = FoundRecord | null;

export interface FoundRecord {
  /** Of the document that was searched. */
  readonly version: number;
  /** From 1, blank lines apart. */
  readonly number: number;
  /** How many records there are. */
  readonly count: number;
  readonly line: number;
  /** Where its first problem stands, if problems are looked for; else 0. */
  readonly character: number;
}

/** Client → server: what the record on a line holds and costs. */
export const recordFactsMethod = 'visionFinetune/recordFacts';

export interface RecordFactsParams {
  readonly uri: string;
  readonly line: number;
}

/** Null where there is no record, or where the file is not checked. */
export type RecordFactsResult = RecordFacts | null;

export interface RecordFacts {
  readonly images: number;
  /** Of its text and its images; from the least to the most, for what an image at detail auto costs is not known. */
  readonly tokens: { readonly min: number; readonly max: number };
}

/**
 * The scheme of a record that is opened as formatted JSON. The last part of the path is the title of the tab, the query the
 * address of the file that it is from, whose settings hold for it.
 */
export const recordScheme = 'vision-finetune-record';

/** What the client tells the server at its start. */
export interface InitializationOptions {
  /** The client shows pictures with their facts on hover, so the server's own hover over images is not wanted. */
  readonly hasPictureHover?: boolean;
  /** The client has the command that repairs images. */
  readonly canRepairImages?: boolean;
}

/** The section of settings that the server asks for. */
export const settingsSection = 'visionFinetune';

/** Which files are checked: those that look like training data, all JSON Lines files, or none. */
export const checkFilesValues = ['training', 'all', 'none'] as const;
export type CheckFiles = (typeof checkFilesValues)[number];
