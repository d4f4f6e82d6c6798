import { formatBytes } from '../../core/image/describeImage.ts';
import type { SubmissionProgress } from '../../core/service/submission.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { complain } from '../complain.ts';
import type { Io } from '../io.ts';
import { bar, Progress } from '../progress.ts';

/** Between two lines about an upload where there is no terminal, in milliseconds. */
const lineInterval = 10_000;

interface Transfer {
  readonly name: string;
  readonly since: number;
  /** What an earlier run had sent. */
  readonly before: number;
  toldAt: number;
}

/** How a submission gets on, on standard error: a bar on a terminal, and elsewhere a line now and then. */
export class ProgressTeller {
  readonly #io: Io;
  readonly #bar: Progress;
  #transfer: Transfer | undefined;
  #told = '';

  constructor(io: Io) {
    this.#io = io;
    this.#bar = new Progress(io);
  }

  readonly tell = (progress: SubmissionProgress): void => {
    switch (progress.step) {
      case 'uploading':
        this.#upload(progress);
        break;
      case 'processing':
        this.#say(`the service is processing ${progress.name} (${progress.status})`);
        break;
      case 'creating':
        this.#say('creating the job');
        break;
      case 'looking-up':
        this.#say('looking whether the job is there already');
        break;
    }
  };

  /** Before anything else is written. */
  end(): void {
    this.#bar.erase();
  }

  #upload({ name, sent, of }: Extract<SubmissionProgress, { step: 'uploading' }>): void {
    const now = this.#io.now();
    if (this.#transfer?.name !== name) {
      this.#transfer = { name, since: now, before: sent, toldAt: now };
      this.#say(`uploading ${name}, ${formatBytes(of)}`);
    }
    const transfer = this.#transfer;
    const line = (): string => describeTransfer(transfer, { sent, of, now });
    this.#bar.showLine(() => `${bar(sent / of)}  ${line()}`);
    if (this.#io.isTerminal.stderr || now - transfer.toldAt < lineInterval) return;
    transfer.toldAt = now;
    this.#say(line());
  }

  /** The same thing is said once. */
  #say(text: string): void {
    if (text === this.#told) return;
    this.#told = text;
    this.#bar.erase();
    complain(this.#io, text);
  }
}

/** `16.2 MB of 64.8 MB  4.1 MB/s  train.jsonl` */
function describeTransfer(
  { name, since, before }: Transfer,
  { sent, of, now }: { readonly sent: number; readonly of: number; readonly now: number },
): string {
  const seconds = (now - since) / 1000;
  const speed = seconds > 0 ? [`${formatBytes(Math.round((sent - before) / seconds))}/s`] : [];
  return [`${formatBytes(sent)} of ${formatBytes(of)}`, ...speed, makeVisible(name)].join('  ');
}
