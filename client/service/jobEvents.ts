import { window, type Disposable, type OutputChannel } from 'vscode';
import type { JobEvent } from '../../core/service/jobs.ts';
import type { KnownJob } from './jobBook.ts';
import type { ServiceLog } from './serviceLog.ts';

/** What the service tells of jobs, each in an output channel of its own name, as it comes. */
export class JobEvents implements Disposable {
  readonly #log: ServiceLog;
  #channel: OutputChannel | undefined;

  constructor(log: ServiceLog) {
    this.#log = log;
  }

  write({ job }: KnownJob, events: readonly JobEvent[]): void {
    if (events.length === 0) return;
    this.#channel ??= window.createOutputChannel('Fine-Tuning Events');
    for (const { createdAt, level, message } of events) {
      const time = createdAt === undefined ? '' : `${new Date(createdAt).toISOString()} `;
      const grade = level === 'info' ? '' : `${level}: `;
      this.#channel.appendLine(`${time}${this.#log.clean(`${job.id}  ${grade}${message}`)}`);
    }
  }

  show(): void {
    this.#channel ??= window.createOutputChannel('Fine-Tuning Events');
    this.#channel.show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }
}
