import { availableParallelism } from 'node:os';
import { ImagingProcess, type ImagingOptions } from './imagingProcess.ts';

/**
 * Image processes side by side, one for each core, for work on all images of a file. They start when there is work for them.
 */
export class ImagingPool {
  readonly #free: ImagingProcess[];
  readonly #all: readonly ImagingProcess[];
  /** Who waits for a process, in order. */
  readonly #waiting: ((process: ImagingProcess) => void)[] = [];

  constructor(options: ImagingOptions, size = availableParallelism()) {
    this.#all = Array.from({ length: size }, () => new ImagingProcess(options));
    // The one that was used last is used next, so that no more are started than there is work for.
    this.#free = [...this.#all];
  }

  /** Gives `work` a process for itself, as soon as there is one. */
  async use<T>(work: (process: ImagingProcess) => Promise<T>): Promise<T> {
    const process = await this.#take();
    try {
      return await work(process);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(process);
      else this.#free.push(process);
    }
  }

  dispose(): void {
    for (const process of this.#all) process.dispose();
  }

  #take(): Promise<ImagingProcess> {
    const process = this.#free.pop();
    if (process) return Promise.resolve(process);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
