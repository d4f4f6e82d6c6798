import {
  languages,
  LanguageStatusSeverity,
  window,
  type Disposable,
  type LanguageStatusItem,
  type TextDocument,
} from 'vscode';
import type { Profile } from '../core/profile/profile.ts';
import { findProfile } from '../core/profile/profiles.ts';
import type { FileNotice, FileStatus } from '../server/protocol.ts';
import { language } from './lifecycle.ts';
import { describeStatus } from './statusWords.ts';

/**
 * What the language status of the active file says. The server sends data; the words are here. VS Code draws an item on one
 * line and cuts it, so what is counted and by which limits are two.
 */
export class StatusItem implements Disposable {
  readonly #item: LanguageStatusItem;
  readonly #limits: LanguageStatusItem;
  /** One for each end that is due. */
  readonly #notices: LanguageStatusItem[] = [];
  readonly #files = new Map<string, FileStatus>();
  /** Files that the server does not open any more, for it ends with them. */
  #quarantined: ReadonlySet<string> = new Set();
  readonly #listener: Disposable;

  constructor() {
    this.#item = languages.createLanguageStatusItem('visionFinetune.status', { language });
    this.#item.name = 'Vision Fine-Tuning';
    this.#limits = languages.createLanguageStatusItem('visionFinetune.statusLimits', { language });
    this.#limits.name = 'Vision Fine-Tuning: Limits';
    this.#limits.command = {
      title: 'Settings',
      command: 'workbench.action.openSettings',
      arguments: ['visionFinetune'],
    };
    this.showStarting();
    this.#listener = window.onDidChangeActiveTextEditor(() => this.#update());
  }

  /** Whose limits are applied to a file; undefined before the server has told. */
  profileOf({ uri }: TextDocument): Profile | undefined {
    const known = this.#files.get(uri.toString());
    return known && findProfile(known.provider, known.model);
  }

  show(status: FileStatus): void {
    this.#files.set(status.uri, status);
    this.#update();
  }

  showQuarantined(uris: ReadonlySet<string>): void {
    this.#quarantined = new Set(uris);
    this.#update();
  }

  showStarting(): void {
    this.#forgetAll();
    this.#item.busy = true;
    this.#item.text = 'Language server is starting';
    this.#item.command = showOutput;
  }

  showFailure(): void {
    this.#forgetAll();
    this.#item.severity = LanguageStatusSeverity.Error;
    this.#item.text = 'Language server is not running';
    this.#item.command = restartServer;
  }

  dispose(): void {
    this.#item.dispose();
    this.#limits.dispose();
    this.#showNotices([]);
    this.#listener.dispose();
  }

  #update(): void {
    const uri = window.activeTextEditor?.document.uri.toString();
    if (uri !== undefined && this.#quarantined.has(uri)) {
      this.#showQuarantine();
      return;
    }
    const status = uri === undefined ? undefined : this.#files.get(uri);
    if (!status) return;
    const { error, warning } = status.counts;
    this.#item.busy = status.state === 'checking';
    this.#item.text = describeStatus(status);
    this.#item.command = status.state === 'failed' ? showOutput : checkFile;
    this.#item.severity =
      status.state === 'failed' || error
        ? LanguageStatusSeverity.Error
        : warning
          ? LanguageStatusSeverity.Warning
          : LanguageStatusSeverity.Information;
    this.#limits.text = `${status.providerName} · ${status.model}`;
    this.#limits.detail = `limits of ${status.limitsDate}`;
    this.#showNotices(status.state === 'ignored' ? [] : status.notices);
  }

  #showQuarantine(): void {
    this.#item.busy = false;
    this.#item.severity = LanguageStatusSeverity.Error;
    this.#item.text = 'Not checked: the language server ended twice on this file';
    this.#item.command = restartServer;
    this.#showNotices([]);
  }

  /** What was told before is not so while nobody can tell. */
  #forgetAll(): void {
    this.#files.clear();
    this.#item.busy = false;
    this.#item.severity = LanguageStatusSeverity.Information;
    this.#limits.text = 'Vision Fine-Tuning';
    this.#limits.detail = '';
    this.#showNotices([]);
  }

  #showNotices(notices: readonly FileNotice[]): void {
    while (this.#notices.length > notices.length) this.#notices.pop()?.dispose();
    for (const [index, { text, source }] of notices.entries()) {
      const item = (this.#notices[index] ??= createNotice(index));
      item.text = text;
      item.detail = source;
    }
  }
}

const checkFile = { title: 'Check File', command: 'visionFinetune.checkFile' };
const restartServer = { title: 'Restart Server', command: 'visionFinetune.restartServer' };
const showOutput = { title: 'Show Output', command: 'visionFinetune.showOutput' };

function createNotice(index: number): LanguageStatusItem {
  const id = `visionFinetune.statusNotice${index}`;
  const item = languages.createLanguageStatusItem(id, { language });
  item.name = 'Vision Fine-Tuning: What Ends';
  return item;
}
