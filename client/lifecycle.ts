import type { ForkOptions } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  EventEmitter,
  ExtensionMode,
  languages,
  window,
  workspace,
  type DocumentSelector,
  type ExtensionContext,
  type LogOutputChannel,
  type TextDocument,
} from 'vscode';
import type {
  LanguageClient,
  LanguageClientOptions,
  ServerOptions,
} from 'vscode-languageclient/node';
import {
  recordScheme,
  statusMethod,
  type FileStatus,
  type InitializationOptions,
} from '../server/protocol.ts';
import { commandActions } from './commandActions.ts';
import type * as languageClient from './languageClient.ts';
import type { StatusItem } from './statusItem.ts';
import { Survival } from './survival/survival.ts';

export const language = 'jsonl';

/** JSON Lines, and records that are opened as formatted JSON. */
export const documents = [
  { language },
  { scheme: recordScheme, language: 'json' },
] satisfies DocumentSelector;

function isServed(document: TextDocument): boolean {
  return languages.match(documents, document) > 0;
}

/**
 * Hands the text of a document over as it is: to write 45 MB as JSON holds the extension host up for a fifth of a second. Before 22.14 Node.js may
 * lose such a channel (nodejs/node#55834); VS Code 1.101, the oldest that is supported, has 22.15.
 */
const channel = { serialization: 'advanced', execArgv: [] as string[] } satisfies ForkOptions;

/** The language server, from the first start to the end of the window. */
export class Lifecycle {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #status: StatusItem;
  readonly #survival: Survival;
  #client: LanguageClient | undefined;
  /** The last start, under way or over. */
  #starting: Promise<void> | undefined;
  #restarting: Promise<void> | undefined;
  readonly #started = new EventEmitter<undefined>();
  readonly #checked = new EventEmitter<undefined>();
  /** Whenever the server has told of a file. */
  readonly onDidCheck = this.#checked.event;
  /** Each time the server has started and its features are registered. */
  readonly onDidStart = this.#started.event;

  constructor(context: ExtensionContext, log: LogOutputChannel, status: StatusItem) {
    this.#context = context;
    this.#log = log;
    this.#status = status;
    this.#survival = new Survival({
      log,
      onQuarantine: (left) => status.showQuarantined(left),
      isDebugged: context.extensionMode === ExtensionMode.Development,
    });
    context.subscriptions.push(this.#survival);
  }

  /** The client, while its server is running. */
  get client(): LanguageClient | undefined {
    return this.#client?.isRunning() ? this.#client : undefined;
  }

  /** Starts now if there is a document to serve, else with the first one: most windows never have any. */
  startWhenNeeded(): void {
    if (workspace.textDocuments.some(isServed)) {
      void this.start();
      return;
    }
    const listener = workspace.onDidOpenTextDocument((document) => {
      if (!isServed(document)) return;
      listener.dispose();
      if (!this.#starting) void this.start();
    });
    this.#context.subscriptions.push(listener);
  }

  /** The client, for which the server is started if it never was; undefined when it is not running. */
  async startedClient(): Promise<LanguageClient | undefined> {
    await (this.#starting ?? this.start());
    return this.client;
  }

  start(): Promise<void> {
    return (this.#starting = this.#start());
  }

  /** Never rejects. */
  async #start(): Promise<void> {
    this.#status.showStarting();
    const client = this.#createClient(readLibrary());
    this.#client = client;
    try {
      await client.start();
      this.#log.info('Language server started');
    } catch (error) {
      this.#log.error(
        `Language server did not start: ${error instanceof Error ? error.message : String(error)}`,
      );
      this.#status.showFailure();
      void this.#offerHelp();
    }
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // One that never started, or crashed, has nothing to stop.
    await client?.dispose().catch(() => undefined);
  }

  /** Whoever asks during a restart waits for that one. */
  restart(reason: string): Promise<void> {
    this.#restarting ??= this.#restart(reason).finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  async #restart(reason: string): Promise<void> {
    this.#log.info(`Language server restarts: ${reason}`);
    await this.stop();
    this.#survival.clear();
    await this.start();
  }

  #createClient(library: typeof languageClient): LanguageClient {
    const { LanguageClient, State, TransportKind } = library;
    const module = this.#context.asAbsolutePath('dist/server.js');
    const serverOptions: ServerOptions = {
      run: { module, transport: TransportKind.ipc, options: channel },
      debug: {
        module,
        transport: TransportKind.ipc,
        options: { ...channel, execArgv: ['--inspect=127.0.0.1:6009'] },
      },
    };
    const clientOptions: LanguageClientOptions = {
      documentSelector: documents,
      initializationOptions: {
        hasPictureHover: true,
        canRepairImages: true,
      } satisfies InitializationOptions,
      outputChannel: this.#log,
      errorHandler: this.#survival.errorHandler(library),
      middleware: { ...this.#survival.middleware, ...commandActions },
    };
    const client = new LanguageClient(
      'visionFinetune',
      'Vision Fine-Tuning',
      serverOptions,
      clientOptions,
    );
    client.onNotification(statusMethod, (status: FileStatus) => {
      this.#survival.noteStatus(status);
      this.#status.show(status);
      this.#checked.fire(undefined);
    });
    client.onDidChangeState(({ newState }) => {
      if (this.#client !== client) return;
      if (newState === State.Starting) this.#status.showStarting();
      if (newState === State.Stopped) this.#status.showFailure();
      // The state comes before the features; the start that it belongs to ends after them.
      if (newState === State.Running) {
        this.#survival.watch(client);
        void client.start().then(
          () => this.#started.fire(undefined),
          () => undefined,
        );
      }
    });
    return client;
  }

  async #offerHelp(): Promise<void> {
    const showOutput = 'Show Output';
    const restart = 'Restart Server';
    const message =
      'The language server of Vision Fine-Tuning did not start, so files are not checked.';
    const choice = await window.showErrorMessage(message, showOutput, restart);
    if (choice === showOutput) this.#log.show();
    if (choice === restart) await this.restart('asked for after a failed start');
  }
}

/** Two thirds of the code of the client, and most windows never have a file for it. */
function readLibrary(): typeof languageClient {
  const path = join(import.meta.dirname, 'languageClient.js');
  return createRequire(path)(path) as typeof languageClient;
}
