import { bytesSource } from '../core/image/byteSource.ts';
import { identifyImage } from '../core/image/identifyImage.ts';
import type { ScreeningHint } from '../core/image/learntImages.ts';
import type { RepairedImage, RepairPlan } from '../core/image/repairPlan.ts';
import { ImagingChild } from './imagingChild.ts';
import { ImagingError } from './imagingError.ts';
import { deadlines, imagingLimits, type ImagingLimits } from './limits.ts';
import type { ImagingRequest, Room, TaskName, Tasks, Thumbnail } from './protocol.ts';
import { refuse } from './refuse.ts';

export { ImagingError } from './imagingError.ts';

export interface ImagingOptions extends Partial<ImagingLimits> {
  /** Path of the image process: `dist/imaging.js`, or `imaging/main.ts` where sources run. */
  readonly script: string;
  /** What runs it: Node.js, or Electron, which then acts as Node.js. Default: what runs this. */
  readonly execPath?: string;
  /** How long it stays when there is nothing to do. Default: 30 s. */
  readonly idleMilliseconds?: number;
  /** Of a task, instead of the usual one. */
  readonly deadlines?: Partial<Readonly<Record<TaskName, number>>>;
}

type Result = Tasks[TaskName]['gives'];

/** What is asked, until it is answered. */
interface Job {
  readonly request: ImagingRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

const defaultIdle = 30_000;

/** How long a picture that nobody waits for any more may hold up the next one; starting anew takes 0.4 s. */
const patience = 500;

/**
 * Decodes, shrinks and repairs pictures in a process of its own, one after the other: whatever a picture does to a
 * decoder happens there. The process starts with the first request and ends when there was none for a while. A picture
 * that takes it down, or takes too long, fails alone: the next one gets a new process.
 */
export class ImagingProcess {
  readonly #options: ImagingOptions;
  readonly #limits: ImagingLimits;
  readonly #waiting: Job[] = [];
  #isWorking = false;
  #child: ImagingChild | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #nextId = 1;
  #isDisposed = false;

  /** Starts nothing. */
  constructor(options: ImagingOptions) {
    const { maxPixels = imagingLimits.maxPixels, maxMemory = imagingLimits.maxMemory } = options;
    this.#options = options;
    this.#limits = { maxPixels, maxMemory };
  }

  /** Of the process while there is one. */
  get pid(): number | undefined {
    return this.#child?.isOver === false ? this.#child.pid : undefined;
  }

  /** A smaller copy that fits into `room`, upright and never enlarged; of an animation the first frame. */
  thumbnail(bytes: Uint8Array, room: Room, signal?: AbortSignal): Promise<Thumbnail> {
    return this.#ask('thumbnail', bytes, room, signal);
  }

  /**
   * Decodes the whole picture, of an animation the first frame: undefined when it is sound, else what is wrong, in words
   * that end a sentence. Rejects where that was not found out.
   */
  async decode(bytes: Uint8Array, signal?: AbortSignal): Promise<string | undefined> {
    if (identifyImage(bytesSource(bytes)).format === undefined) return 'it is in no known format';
    return this.#ask('decode', bytes, undefined, signal);
  }

  /** Does what `planRepair` planned for these bytes. What comes back breaks none of our own rules. */
  repair(bytes: Uint8Array, plan: RepairPlan, signal?: AbortSignal): Promise<RepairedImage> {
    return this.#ask('repair', bytes, plan, signal);
  }

  /**
   * Looks for faces in the first frame; the surest comes first, and their boxes are in pixels of the upright picture.
   * Loads the detector with the first picture.
   */
  screen(bytes: Uint8Array, signal?: AbortSignal): Promise<readonly ScreeningHint[]> {
    return this.#ask('screen', bytes, undefined, signal);
  }

  /** Ends the process at once. Whatever was asked and not answered is rejected. */
  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idleTimer);
    for (const job of this.#waiting.splice(0)) job.reject(new ImagingError(isOver));
    this.#child?.end(isOver);
  }

  /** Rejects with an `ImagingError`, or with the reason of `signal`. */
  async #ask<N extends TaskName>(
    task: N,
    bytes: Uint8Array,
    parameters: Tasks[N]['takes'],
    signal: AbortSignal | undefined,
  ): Promise<Tasks[N]['gives']> {
    signal?.throwIfAborted();
    const refusal = refuse(identifyImage(bytesSource(bytes)), this.#limits.maxPixels);
    if (refusal !== undefined) throw new ImagingError(refusal);
    if (this.#isDisposed) throw new ImagingError(isOver);
    const request = { id: this.#nextId++, task, bytes, parameters, limits: this.#limits };
    return await this.#enqueue(request, signal);
  }

  #enqueue(request: ImagingRequest, signal: AbortSignal | undefined): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const job: Job = { request, signal, resolve, reject };
    const abort = (): void => {
      const place = this.#waiting.indexOf(job);
      if (place >= 0) this.#waiting.splice(place, 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#waiting.push(job);
    void this.#work();
    return promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  /** Never rejects. */
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    clearTimeout(this.#idleTimer);
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) await this.#run(job);
    this.#isWorking = false;
    this.#rest();
  }

  async #run({ request, signal, resolve, reject }: Job): Promise<void> {
    try {
      const child = this.#start();
      const allowed = this.#options.deadlines?.[request.task] ?? deadlines[request.task];
      let timer = setTimeout(() => child.end(tooLong(allowed)), allowed);
      const hurry = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => child.end(isOver), patience);
      };
      signal?.addEventListener('abort', hurry, { once: true });
      try {
        resolve(await child.run(request));
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', hurry);
      }
    } catch (error) {
      reject(error);
    }
  }

  #start(): ImagingChild {
    if (this.#child?.isOver === false) return this.#child;
    const { script, execPath = process.execPath } = this.#options;
    return (this.#child = new ImagingChild(script, execPath));
  }

  #rest(): void {
    const child = this.#child;
    child?.rest();
    this.#idleTimer = setTimeout(
      () => child?.end(isOver),
      this.#options.idleMilliseconds ?? defaultIdle,
    ).unref();
  }
}

const isOver = 'nobody waits for it any more';

function tooLong(milliseconds: number): string {
  return `it took longer than ${milliseconds / 1000} s`;
}
