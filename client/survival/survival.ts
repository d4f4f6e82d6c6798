import { setTimeout } from 'node:timers/promises';
import {
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  Uri,
  type Disposable,
  type LogOutputChannel,
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

/** Of what is not read before a server is started. */
type Actions = Pick<typeof languageClient, 'CloseAction' | 'ErrorAction'>;

/** Keeps a server of which one document may be the end alive for all others. */
export class Survival implements Disposable {
  readonly #log: LogOutputChannel;
  /** Told of the documents that are left out whenever they change. */
  readonly #onQuarantine: (left: ReadonlySet<string>) => void;
  readonly #quarantine = new Quarantine();
  readonly #restarts = new Restarts();
  readonly #diagnostics = languages.createDiagnosticCollection('vision-finetune-quarantine');
  #watchdog: Watchdog | undefined;

  constructor(log: LogOutputChannel, onQuarantine: (left: ReadonlySet<string>) => void) {
    this.#log = log;
    this.#onQuarantine = onQuarantine;
  }

  /** For the options of each client. */
  errorHandler({ CloseAction, ErrorAction }: Actions): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => this.#noteDeath(CloseAction),
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
      if (!this.#quarantine.isOpen(uri)) return;
      this.#quarantine.note(uri, event.document.version);
      await next(event);
    },
    didSave: async (document, next) => {
      if (this.#quarantine.isOpen(document.uri.toString())) await next(document);
    },
    didClose: async (document, next) => {
      const uri = document.uri.toString();
      const isOpen = this.#quarantine.isOpen(uri);
      this.#quarantine.close(uri);
      if (isOpen) await next(document);
    },
    sendRequest: async (type, param, token, next) => {
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
    this.#watchdog?.dispose();
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
    this.#quarantine.clear();
    this.#restarts.clear();
    this.#show();
  }

  dispose(): void {
    this.#watchdog?.dispose();
    this.#diagnostics.dispose();
  }

  async #noteDeath(CloseAction: Actions['CloseAction']): Promise<CloseHandlerResult> {
    const now = performance.now();
    const suspects = this.#quarantine.atWork.map(nameOf).join(', ') || 'nothing';
    this.#log.error(`Language server has ended; it was at work on ${suspects}`);
    for (const uri of this.#quarantine.noteDeath(now)) {
      this.#log.error(`Not opened in the language server any more: ${nameOf(uri)}`);
    }
    this.#show();
    const delay = this.#restarts.delayAfterDeath(now);
    if (delay === undefined) {
      const message = 'The language server of Vision Fine-Tuning ends again and again.';
      return { action: CloseAction.DoNotRestart, message };
    }
    if (delay > 0) await setTimeout(delay);
    // What has happened is said by the log, and by the file that is the cause.
    return { action: CloseAction.Restart, handled: true };
  }

  #show(): void {
    const { left } = this.#quarantine;
    this.#diagnostics.clear();
    for (const uri of left) this.#diagnostics.set(Uri.parse(uri), [notChecked()]);
    this.#onQuarantine(left);
  }
}

function notChecked(): Diagnostic {
  const made = new Diagnostic(
    new Range(0, 0, 0, 1),
    'The language server ended twice while it worked on this file, so it is not checked any more; "Vision Fine-Tuning: Restart Server" tries again.',
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
