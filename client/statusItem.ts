import {
  languages,
  LanguageStatusSeverity,
  window,
  type Disposable,
  type LanguageStatusItem,
} from 'vscode';
import { formatCount } from '../core/text/formatCount.ts';
import type { FileStatus } from '../server/protocol.ts';
import { language } from './lifecycle.ts';

/** What the language status of the active file says. The server sends data; the words are here. */
export class StatusItem implements Disposable {
  readonly #item: LanguageStatusItem;
  readonly #files = new Map<string, FileStatus>();
  readonly #listener: Disposable;

  constructor() {
    this.#item = languages.createLanguageStatusItem('visionFinetune.status', { language });
    this.#item.name = 'Vision Fine-Tuning';
    this.#item.command = { title: 'Check File', command: 'visionFinetune.checkFile' };
    this.#listener = window.onDidChangeActiveTextEditor(() => this.#update());
  }

  /** The newest status of a file; undefined before the server has seen it. */
  statusOf(uri: string): FileStatus | undefined {
    return this.#files.get(uri);
  }

  show(status: FileStatus): void {
    this.#files.set(status.uri, status);
    this.#update();
  }

  showStarting(): void {
    this.#files.clear();
    this.#item.severity = LanguageStatusSeverity.Information;
    this.#item.busy = true;
    this.#item.text = 'Starting';
    this.#item.detail = 'Vision Fine-Tuning';
  }

  showFailure(): void {
    this.#item.busy = false;
    this.#item.severity = LanguageStatusSeverity.Error;
    this.#item.text = 'Language server is not running';
    this.#item.detail = 'Vision Fine-Tuning';
    this.#item.command = { title: 'Restart Server', command: 'visionFinetune.restartServer' };
  }

  dispose(): void {
    this.#item.dispose();
    this.#listener.dispose();
  }

  #update(): void {
    const uri = window.activeTextEditor?.document.uri.toString();
    const status = uri === undefined ? undefined : this.#files.get(uri);
    if (!status) return;
    const { error, warning } = status.counts;
    this.#item.busy = status.state === 'checking';
    this.#item.text = describeStatus(status);
    this.#item.detail = `${status.providerName} · ${status.model} · limits of ${status.limitsDate}`;
    this.#item.command = { title: 'Check File', command: 'visionFinetune.checkFile' };
    this.#item.severity = error
      ? LanguageStatusSeverity.Error
      : warning
        ? LanguageStatusSeverity.Warning
        : LanguageStatusSeverity.Information;
  }
}

/** `1,204 records · 1,310 images · 2 errors`. */
export function describeStatus({ state, records, images, counts }: FileStatus): string {
  if (state === 'ignored') return 'Not training data';
  const parts = [count(records, 'record'), count(images, 'image'), ...describeCounts(counts)];
  return parts.join(' · ');
}

/** `2 errors`, `1 warning`, `3 hints`; `no problem` where there is none. */
export function describeCounts({ error, warning, info, hint }: FileStatus['counts']): string[] {
  const parts = [
    error ? count(error, 'error') : '',
    warning ? count(warning, 'warning') : '',
    info ? `${formatCount(info)} information` : '',
    hint ? count(hint, 'hint') : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts : ['no problem'];
}

function count(number: number, noun: string): string {
  return `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
}
