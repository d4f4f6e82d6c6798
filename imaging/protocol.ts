import type { ScreeningHint } from '../core/image/learntImages.ts';
import type { RepairedImage, RepairPlan } from '../core/image/repairPlan.ts';
import type { ImagingLimits } from './limits.ts';

/** What the image process can do: for each task what it takes besides the bytes, and what it gives. */
export interface Tasks {
  readonly thumbnail: { readonly takes: Room; readonly gives: Thumbnail };
  readonly decode: { readonly takes: undefined; readonly gives: string | undefined };
  readonly repair: { readonly takes: RepairPlan; readonly gives: RepairedImage };
  readonly screen: { readonly takes: undefined; readonly gives: readonly ScreeningHint[] };
}

export type TaskName = keyof Tasks;

/** Most pixels a smaller copy may have across and down. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** A smaller copy of a picture, upright. */
export interface Thumbnail extends Room {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
}

/** To the image process: one at a time, the next one after the answer. */
export interface ImagingRequest<N extends TaskName = TaskName> {
  readonly id: number;
  readonly task: N;
  readonly bytes: Uint8Array;
  readonly parameters: Tasks[N]['takes'];
  readonly limits: ImagingLimits;
}

/**
 * From the image process. `failed`: the picture is refused or cannot be decoded; `exhausted`: the process wants to be ended.
 * The reason is what a person can be told.
 */
export type ImagingAnswer = { readonly id: number } & (
  | { readonly kind: 'done'; readonly result: Tasks[TaskName]['gives']; readonly isLast: boolean }
  | { readonly kind: 'failed'; readonly reason: string; readonly isLast: boolean }
  | { readonly kind: 'exhausted'; readonly reason: string }
);
