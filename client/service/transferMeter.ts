import type { SubmissionProgress } from '../../core/service/submission.ts';
import { describeProgress } from './transferWords.ts';

/** What a progress notification is told. */
export interface ProgressReport {
  readonly message: string;
  /** Percent of all bytes since the last report. */
  readonly increment: number;
}

/** Makes reports of a submission's progress: percents of all its files together, the speed of each. */
export class TransferMeter {
  readonly #allBytes: number;
  readonly #now: () => number;
  /** Sent of files before the current one. */
  #before = 0;
  #file = '';
  #fileBytes = 0;
  #start = 0;
  #shown = 0;

  /** `now` in milliseconds, from anywhere on. */
  constructor(allBytes: number, now: () => number) {
    this.#allBytes = Math.max(1, allBytes);
    this.#now = now;
  }

  report(progress: SubmissionProgress): ProgressReport {
    if (progress.step !== 'uploading')
      return { message: describeProgress(progress, 0), increment: 0 };
    if (progress.name !== this.#file) this.#begin(progress.name, progress.of);
    const percent = (100 * (this.#before + progress.sent)) / this.#allBytes;
    const increment = Math.max(0, percent - this.#shown);
    this.#shown += increment;
    return { message: describeProgress(progress, this.#now() - this.#start), increment };
  }

  #begin(name: string, byteLength: number): void {
    this.#before += this.#fileBytes;
    this.#file = name;
    this.#fileBytes = byteLength;
    this.#start = this.#now();
  }
}
