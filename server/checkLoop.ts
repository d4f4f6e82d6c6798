import type { Host } from './host.ts';
import type { OpenFile } from './openFile.ts';

/** Work between two looks at what has arrived, in milliseconds: a keystroke waits no longer than this. */
export const sliceMs = 10;

/** Checks open files in slices, one after the other in turn, until none is left to check. */
export class CheckLoop {
  readonly #host: Host;
  readonly #onProgress: (file: OpenFile) => void;
  readonly #onFailure: (file: OpenFile, error: unknown) => void;
  readonly #pending = new Set<OpenFile>();
  readonly #waiting = new Map<OpenFile, PromiseWithResolvers<undefined>>();
  #isRunning = false;

  /**
   * `onProgress` is called after each slice, and must not wait for anything. A file whose check throws, which is a
   * bug, is named by `onFailure` and left alone until it changes, so that the others are checked all the same.
   */
  constructor(
    host: Host,
    onProgress: (file: OpenFile) => void,
    onFailure: (file: OpenFile, error: unknown) => void,
  ) {
    this.#host = host;
    this.#onProgress = onProgress;
    this.#onFailure = onFailure;
  }

  /** Sees to it that a file is checked. Comes back at once. */
  add(file: OpenFile): void {
    this.#pending.add(file);
    if (!this.#isRunning) void this.#run();
  }

  remove(file: OpenFile): void {
    this.#pending.delete(file);
    this.#settle(file);
  }

  /** Resolves when a file is checked, or removed. Rejects when its check throws. */
  async settled(file: OpenFile): Promise<void> {
    if (!this.#pending.has(file)) return;
    const waiting = this.#waiting.get(file) ?? Promise.withResolvers<undefined>();
    this.#waiting.set(file, waiting);
    await waiting.promise;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#pending.size > 0) {
      for (const file of this.#pending) {
        // Changes that have arrived come first; they may close the file too.
        await this.#host.yield();
        if (this.#pending.has(file)) this.#attemptSlice(file);
      }
    }
    this.#isRunning = false;
  }

  #attemptSlice(file: OpenFile): void {
    try {
      this.#checkSlice(file);
    } catch (error) {
      this.#pending.delete(file);
      this.#onFailure(file, error);
      this.#waiting.get(file)?.reject(error);
      this.#waiting.delete(file);
    }
  }

  #checkSlice(file: OpenFile): void {
    const end = this.#host.now() + sliceMs;
    if (file.isWanted) file.check(() => this.#host.now() >= end);
    if (file.isSettled) this.#pending.delete(file);
    this.#onProgress(file);
    if (file.isSettled) this.#settle(file);
  }

  #settle(file: OpenFile): void {
    this.#waiting.get(file)?.resolve(undefined);
    this.#waiting.delete(file);
  }
}
