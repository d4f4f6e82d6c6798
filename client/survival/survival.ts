import { setTimeout } from 'node:timers/promises';
import {
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  Uri,
  workspace,
  type Disposable,
  type LogOutputChannel,
  type TextDocument,
} from 'vscode';
import type {
  CloseHandlerResult,
  ErrorHandler,
  LanguageClient,
  Middleware,
} from 'vscode-languageclient/node';
import { pingMethod, type FileStatus } from '../../server/protocol.ts';
import type * as languageClient from '../languageClient.ts';
import { Quarantine } from './quarantine.ts';
import { Restarts } from './restarts.ts';
import { Watchdog } from './watchdog.ts';

/** What is not read before a server is started. */
type Library = Pick<
  typeof languageClient,
  'CloseAction' | 'ErrorAction' | 'ErrorCodes' | 'ResponseError'
>;

export interface SurvivalParts {
  readonly log: LogOutputChannel;
  /** Told of the documents that are left out whenever they change. */
  readonly onQuarantine: (left: ReadonlySet<string>) => void;
  /** Whether somebody may have stopped the server to look into it, who would not like to see it ended. */
  readonly isDebugged: boolean;
}

/** Keeps a server of which one document may be the end alive for all others. */
export class Survival implements Disposable {
  readonly #log: LogOutputChannel;
  readonly #onQuarantine: SurvivalParts['onQuarantine'];
  readonly #isDebugged: boolean;
  readonly #quarantine = new Quarantine();
  readonly #restarts = new Restarts();
  readonly #diagnostics = languages.createDiagnosticCollection('vision-finetune-quarantine');
  /** Documents that are left out and are other ones than those that the server died of, but not saved yet. */
  readonly #changed = new Set<string>();
  /** Ends the wait for the next start. */
  #wait = new AbortController();
  #library: Library | undefined;
  /** From the death of a server until the next one runs. */
  #isDead = false;
  #watchdog: Watchdog | undefined;

  constructor({ log, onQuarantine, isDebugged }: SurvivalParts) {
    this.#log = log;
    this.#onQuarantine = onQuarantine;
    this.#isDebugged = isDebugged;
  }

  /** For the options of each client. */
  errorHandler(library: Library): ErrorHandler {
    this.#library = library;
    return {
      error: () => ({ action: library.ErrorAction.Continue }),
      closed: () => this.#noteDeath(library.CloseAction),
    };
  }

  /** The same: what the server is told of, it is told of through here. */
  readonly middleware: Middleware = {
    didOpen: (document, next) => {
      this.#quarantine.open(document.uri.toString(), () => void next(document));
      return Promise.resolve();
    },
    didChange: async (event, next) => {
      const uri = event.document.uri.toString();
      if (!this.#quarantine.isOpen(uri)) {
        this.#noteChange(event.document);
        return;
      }
      this.#quarantine.note(uri, event.document.version);
      await next(event);
    },
    didSave: async (document, next) => {
      const uri = document.uri.toString();
      if (this.#quarantine.isOpen(uri)) await next(document);
      else if (this.#changed.has(uri)) this.#retry(uri);
    },
    didClose: async (document, next) => {
      const uri = document.uri.toString();
      const isOpen = this.#quarantine.isOpen(uri);
      this.#quarantine.close(uri);
      this.#changed.delete(uri);
      this.#show();
      if (isOpen) await next(document);
    },
    sendRequest: async (type, param, token, next) => {
      this.#refuseDead();
      const answered = this.#quarantine.ask(uriOf(param));
      try {
        return await next(type, param, token);
      } finally {
        answered();
      }
    },
  };

  /** From its start on: a server that does not answer is ended. */
  watch(client: LanguageClient): void {
    this.#isDead = false;
    this.#watchdog?.dispose();
    if (this.#isDebugged) return;
    this.#watchdog = new Watchdog({
      isBusy: () => client.isRunning() && this.#quarantine.isBusy,
      ping: () => client.sendRequest(pingMethod),
      end: () => {
        const files = this.#quarantine.atWork.map(nameOf).join(', ');
        this.#log.error(`Language server does not answer, and is ended; at work on ${files}`);
        client.serverProcess?.kill('SIGKILL');
      },
    });
  }

  noteStatus({ uri, version, state }: FileStatus): void {
    if (state === 'checking') this.#quarantine.note(uri, version);
    else this.#quarantine.settle(uri, version);
  }

  /** Somebody has asked for a new start: every document has another chance. */
  clear(): void {
    this.#watchdog?.dispose();
    this.#wait.abort();
    this.#wait = new AbortController();
    this.#changed.clear();
    this.#quarantine.clear();
    this.#restarts.clear();
    this.#show();
  }

  dispose(): void {
    this.#watchdog?.dispose();
    this.#wait.abort();
    this.#diagnostics.dispose();
  }

  /** Of a document that is left out. Without unsaved changes it is another one on disk now. */
  #noteChange({ uri, isDirty }: TextDocument): void {
    const key = uri.toString();
    if (!this.#quarantine.left.has(key)) return;
    this.#changed.add(key);
    if (!isDirty) this.#retry(key);
  }

  /** Whoever saves it again and again does not end the server for all others. */
  #retry(uri: string): void {
    if (!this.#restarts.isCalm(performance.now())) return;
    this.#changed.delete(uri);
    this.#quarantine.retry(uri);
    this.#log.info(`Opened in the language server once more, for it has changed: ${nameOf(uri)}`);
    this.#show();
  }

  /** Until the next start there is nothing to ask. This error the library takes for an empty answer, and any other it shows. */
  #refuseDead(): void {
    if (!this.#isDead || !this.#library) return;
    const { ErrorCodes, ResponseError } = this.#library;
    const message = 'The language server is being started again; try again in a moment.';
    throw new ResponseError(ErrorCodes.ConnectionInactive, message);
  }

  async #noteDeath(CloseAction: Library['CloseAction']): Promise<CloseHandlerResult> {
    this.#isDead = true;
    const now = performance.now();
    const suspects = this.#quarantine.atWork.map(nameOf).join(', ') || 'nothing';
    this.#log.error(`Language server has ended; it was at work on ${suspects}`);
    for (const uri of this.#quarantine.noteDeath(now)) {
      this.#log.error(`Not opened in the language server any more: ${nameOf(uri)}`);
    }
    this.#show();
    const delay = this.#restarts.delayAfterDeath(now);
    if (delay === undefined) {
      const message =
        'The language server of Vision Fine-Tuning ends again and again, so files are not checked; "Vision Fine-Tuning: Restart Server" tries again.';
      return { action: CloseAction.DoNotRestart, message };
    }
    const { signal } = this.#wait;
    if (delay > 0) await setTimeout(delay, undefined, { signal }).catch(() => undefined);
    // Another one has been started meanwhile, or none is wanted any more.
    if (signal.aborted) return { action: CloseAction.DoNotRestart, handled: true };
    // What has happened is said by the log, and by the file that is the cause.
    return { action: CloseAction.Restart, handled: true };
  }

  #show(): void {
    const { left } = this.#quarantine;
    this.#diagnostics.clear();
    for (const { uri } of workspace.textDocuments) {
      if (left.has(uri.toString())) this.#diagnostics.set(uri, [notChecked()]);
    }
    this.#onQuarantine(left);
  }
}

function notChecked(): Diagnostic {
  const made = new Diagnostic(
    new Range(0, 0, 0, 1),
    'The language server ended twice while it worked on this file, so it is not checked until it is changed and saved; "Vision Fine-Tuning: Restart Server" tries at once.',
    DiagnosticSeverity.Warning,
  );
  made.source = 'vision-finetune';
  return made;
}

function nameOf(uri: string): string {
  return Uri.parse(uri).fsPath;
}

/** What a request is about; empty where it is about no document. */
function uriOf(param: unknown): string {
  const { uri, textDocument } = (param ?? {}) as {
    uri?: unknown;
    textDocument?: { uri?: unknown } | null;
  };
  const found = textDocument?.uri ?? uri;
  return typeof found === 'string' ? found : '';
}
