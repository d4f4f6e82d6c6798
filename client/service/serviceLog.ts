import { window, type Disposable, type LogOutputChannel } from 'vscode';
import type { Credential } from '../../core/service/credential.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { redact } from './redact.ts';

/** The one log of what passes between this window and a service. It never gets a body, and leaves out every key. */
export class ServiceLog implements Disposable {
  readonly #channel: LogOutputChannel;
  readonly #credentials = new Set<Credential>();

  constructor() {
    this.#channel = window.createOutputChannel('Vision Fine-Tuning Jobs', { log: true });
  }

  /** Keeps a secret out of all that is written from now on. */
  keepOut(credential: Credential): void {
    this.#credentials.add(credential);
  }

  info(text: string): void {
    this.#channel.info(this.clean(text));
  }

  warn(text: string): void {
    this.#channel.warn(this.clean(text));
  }

  error(text: string): void {
    this.#channel.error(this.clean(text));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }

  /** As it may be shown anywhere: one line, without keys. */
  clean(text: string): string {
    return makeVisible(redact(text, this.#credentials));
  }
}
