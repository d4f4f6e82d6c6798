/** What the client and the page that shows jobs say to each other. */

/** What a person can do with a job that is shown. The client asks before anything that is charged or cannot be undone. */
export const jobActions = [
  'copyModelName',
  'copyRequest',
  'tryModel',
  'openPortal',
  'downloadResults',
  'showReceipt',
  'showJobEvents',
  'pauseJob',
  'resumeJob',
  'cancelJob',
] as const;
export type ShownAction = (typeof jobActions)[number];

/** A measured series: a value for each step, null where there is none. */
export interface Curve {
  /** `training loss` */
  readonly name: string;
  readonly kind: 'loss' | 'accuracy';
  readonly of: 'training' | 'validation' | 'full validation';
  readonly values: readonly (number | null)[];
}

export interface ShownCheckpoint {
  /** The name under which it can be asked. */
  readonly model: string;
  /** `step 30 · validation loss 0.42` */
  readonly words: string;
}

/** A job as the page draws it: data that was made fit to be shown. */
export interface ShownJob {
  readonly name: string;
  readonly status: string;
  readonly tone: 'busy' | 'good' | 'bad' | 'still';
  readonly summary: string;
  /** Settings, ids, hashes: a name and a value each. */
  readonly rows: readonly (readonly [name: string, value: string])[];
  readonly steps: readonly number[];
  readonly curves: readonly Curve[];
  readonly notes: readonly string[];
  readonly checkpoints: readonly ShownCheckpoint[];
  readonly actions: readonly ShownAction[];
}

export interface ToJobPage {
  readonly kind: 'jobs';
  readonly jobs: readonly ShownJob[];
}

/** `job` and `checkpoint` count from 0 within what was sent last. */
export type FromJobPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'act'; readonly job: number; readonly action: ShownAction }
  | { readonly kind: 'copyCheckpoint'; readonly job: number; readonly checkpoint: number };

/** Reads a message of the page, which may be anybody's; undefined for what is none. */
export function readFromJobPage(message: unknown): FromJobPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, job, action, checkpoint } = message as Readonly<Record<string, unknown>>;
  if (kind === 'ready') return { kind };
  if (!isIndex(job)) return undefined;
  if (kind === 'copyCheckpoint') {
    return isIndex(checkpoint) ? { kind, job, checkpoint } : undefined;
  }
  const known = jobActions.find((each) => each === action);
  return kind === 'act' && known ? { kind, job, action: known } : undefined;
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
