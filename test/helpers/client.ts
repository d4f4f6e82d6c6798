import { once } from 'node:events';
import {
  CancellationToken,
  CodeActionRequest,
  CodeActionResolveRequest,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  FileChangeType,
  HoverRequest,
  InitializedNotification,
  LogMessageNotification,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  checkFileMethod,
  imagePlacesMethod,
  imagesToRepairMethod,
  learntImagesMethod,
  setDetailMethod,
  settingsSection,
  statisticsMethod,
  statusMethod,
  webAddressesMethod,
  type CheckFileResult,
  type FileStatus,
  type ImagePlacesParams,
  type ImagePlacesResult,
  type ImagesToRepairParams,
  type ImagesToRepairResult,
  type InitializationOptions,
  type LearntImagesParams,
  type SetDetailParams,
  type SetDetailResult,
  type StatisticsResult,
  type WebAddressesParams,
  type WebAddressesResult,
} from '../../server/protocol.ts';
import type { RunningServer } from './server.ts';
import { settingsOf } from './settingsOf.ts';

/** What a test waits for comes within this time, in milliseconds, or the test fails. */
const deadlineMs = 20_000;

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions | null;
  /** What the client answers for the section, from any URI; by default `settingsOf()`. */
  readonly settings?: unknown;
  /** The client does not take what it said it could. */
  readonly refusesRegistration?: boolean;
}

/** A change of a text: in a range, or of the whole. */
export interface Change {
  readonly range?: Range;
  readonly text: string;
}

const fullCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

/** An editor without a screen: it opens documents, types, and keeps what the server tells of them. */
export class Client {
  readonly connection: ProtocolConnection;
  /** All that the server logged, a line each. */
  readonly logs: string[] = [];
  /** All publications in the order in which they came. */
  readonly publications: PublishDiagnosticsParams[] = [];
  /** All tellings of status in the order in which they came. */
  readonly statuses: FileStatus[] = [];
  initializeResult: InitializeResult | undefined;
  /** How often the server has asked for settings. */
  questions = 0;
  /** URIs whose settings the server has asked for. */
  readonly scopes: (string | undefined)[] = [];
  /** Methods that the server asked to be told of. */
  readonly registered: string[] = [];
  readonly #server: RunningServer;
  readonly #documents = new Map<string, TextDocument>();
  /** URIs of which the last status was about the present text and settings, and said that nothing is left to do. */
  readonly #settled = new Set<string>();
  readonly #events = new EventTarget();
  #settings: unknown;
  /** Answers to settings wait for this. */
  #settingsGate: Promise<void> = Promise.resolve();

  private constructor(
    server: RunningServer,
    { settings = settingsOf(), refusesRegistration }: ClientOptions,
  ) {
    this.#server = server;
    this.#settings = settings;
    this.connection = createProtocolConnection(server.reader, server.writer);
    this.connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.logs.push(message);
      this.#tellWaiting();
    });
    this.connection.onNotification(PublishDiagnosticsNotification.type, (publication) => {
      this.publications.push(publication);
      this.#tellWaiting();
    });
    this.connection.onNotification(statusMethod, (status: FileStatus) => this.#note(status));
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => this.#answer(items));
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      if (refusesRegistration) throw new Error('Registration refused');
      this.registered.push(...registrations.map(({ method }) => method));
      this.#tellWaiting();
    });
    this.connection.listen();
  }

  static async start(server: RunningServer, options: ClientOptions = {}): Promise<Client> {
    const client = new Client(server, options);
    await client.#initialize(options);
    return client;
  }

  async #initialize({ capabilities, initializationOptions }: ClientOptions): Promise<void> {
    this.initializeResult = await this.connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: capabilities ?? fullCapabilities,
      initializationOptions: initializationOptions ?? {},
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  open(uri: string, text: string, languageId = 'jsonl', version = 1): void {
    const document = TextDocument.create(uri, languageId, version, text);
    this.#documents.set(uri, document);
    this.#settled.delete(uri);
    void this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Changes, each relative to the one before, told of in one message. */
  change(uri: string, ...changes: readonly Change[]): void {
    const document = this.#document(uri);
    const contentChanges = [...changes];
    const version = document.version + 1;
    this.#documents.set(uri, TextDocument.update(document, contentChanges, version));
    this.#settled.delete(uri);
    void this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** Replaces the first place where a text stands. */
  replace(uri: string, text: string, by: string): void {
    const document = this.#document(uri);
    const start = document.getText().indexOf(text);
    if (start === -1) throw new Error(`${text} is not in ${uri}`);
    const range = {
      start: document.positionAt(start),
      end: document.positionAt(start + text.length),
    };
    this.change(uri, { range, text: by });
  }

  /** Tells that a document has been written to disk. */
  save(uri: string): void {
    void this.connection.sendNotification(DidSaveTextDocumentNotification.type, {
      textDocument: { uri },
    });
  }

  close(uri: string): void {
    this.#documents.delete(uri);
    this.#settled.delete(uri);
    void this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri },
    });
  }

  text(uri: string): string {
    return this.#document(uri).getText();
  }

  /** After the last character of a document. */
  end(uri: string): Position {
    const document = this.#document(uri);
    return document.positionAt(document.getText().length);
  }

  version(uri: string): number {
    return this.#document(uri).version;
  }

  /** What the server says of a document as it is now, once it has nothing more to say. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    await this.until(() => this.#settled.has(uri), `diagnostics of ${uri}`);
    return this.publications.findLast((each) => each.uri === uri)?.diagnostics ?? [];
  }

  async status(uri: string): Promise<FileStatus> {
    await this.until(() => this.#settled.has(uri), `status of ${uri}`);
    const status = this.statuses.findLast((each) => each.uri === uri);
    if (!status) throw new Error(`No status of ${uri}`);
    return status;
  }

  /** `rule:line` of each diagnostic, lines from 1. */
  async codes(uri: string): Promise<string[]> {
    const diagnostics = await this.diagnostics(uri);
    return diagnostics.map(({ code, range }) => `${code ?? 'none'}:${range.start.line + 1}`);
  }

  hover(uri: string, position: Position, token = CancellationToken.None): Promise<Hover | null> {
    return this.connection.sendRequest(
      HoverRequest.type,
      { textDocument: { uri }, position },
      token,
    );
  }

  async codeActions(
    uri: string,
    range: Range,
    only?: readonly string[],
    token = CancellationToken.None,
  ): Promise<CodeAction[]> {
    const context = { diagnostics: [], ...(only ? { only: [...only] } : {}) };
    const params = { textDocument: { uri }, range, context };
    const actions = await this.connection.sendRequest(CodeActionRequest.type, params, token);
    return (actions ?? []) as CodeAction[];
  }

  resolve(action: CodeAction, token = CancellationToken.None): Promise<CodeAction> {
    return this.connection.sendRequest(CodeActionResolveRequest.type, action, token);
  }

  /** Carries out an action as an editor does: resolves it, then changes the text, of that version only. */
  async apply(action: CodeAction): Promise<void> {
    const { edit } = action.edit ? action : await this.resolve(action);
    for (const change of edit?.documentChanges ?? []) {
      if (!('textDocument' in change)) throw new Error('An edit of something else than a text');
      const { uri, version } = change.textDocument;
      const document = this.#document(uri);
      if (version !== document.version) throw new Error(`An edit of version ${version}`);
      if (change.edits.length === 0) continue;
      // From the end on, so that each range still means what it meant.
      const edits = change.edits as { range: Range; newText: string }[];
      const inReverse = edits
        .map(({ range, newText }) => ({ range, text: newText }))
        .sort((a, b) => document.offsetAt(b.range.start) - document.offsetAt(a.range.start));
      this.change(uri, ...inReverse);
    }
  }

  /** What an editor does on save when told to fix all. */
  async fixAll(uri: string): Promise<void> {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const actions = await this.codeActions(uri, range, ['source.fixAll.visionFinetune']);
    for (const action of actions) await this.apply(action);
  }

  checkFile(uri: string, token = CancellationToken.None): Promise<CheckFileResult> {
    return this.connection.sendRequest(checkFileMethod, { uri }, token);
  }

  setDetail(
    params: SetDetailParams,
    token = CancellationToken.None,
  ): Promise<SetDetailResult | null> {
    return this.connection.sendRequest(setDetailMethod, params, token);
  }

  webAddresses(uri: string, line?: number): Promise<WebAddressesResult> {
    const params: WebAddressesParams = line === undefined ? { uri } : { uri, line };
    return this.connection.sendRequest(webAddressesMethod, params);
  }

  imagePlaces(uri: string, kind: ImagePlacesParams['kind']): Promise<ImagePlacesResult> {
    return this.connection.sendRequest(imagePlacesMethod, { uri, kind });
  }

  imagesToRepair(uri: string, line?: number): Promise<ImagesToRepairResult> {
    const params: ImagesToRepairParams = line === undefined ? { uri } : { uri, line };
    return this.connection.sendRequest(imagesToRepairMethod, params);
  }

  /** Tells what was learnt of images. */
  learn(images: LearntImagesParams['images']): void {
    void this.connection.sendNotification(learntImagesMethod, { images });
  }

  statistics(uri: string, token = CancellationToken.None): Promise<StatisticsResult> {
    return this.connection.sendRequest(statisticsMethod, { uri }, token);
  }

  /** Other settings from now on. A client that cannot be asked sends them along. */
  setConfiguration(settings: unknown, options: { readonly isPushed?: boolean } = {}): void {
    this.#settings = settings;
    this.#settled.clear();
    void this.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: options.isPushed ? { [settingsSection]: settings } : null,
    });
  }

  /** Answers no question about settings until the promise resolves; questions after that are answered at once. */
  holdSettings(until: Promise<void>): void {
    this.#settingsGate = until;
  }

  /** Tells of a file on disk that has changed. */
  touch(uri: string): void {
    this.#settled.clear();
    void this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri, type: FileChangeType.Changed }],
    });
  }

  /** Waits for something that comes with a message. */
  async until(isSo: () => boolean, what: string): Promise<void> {
    const signal = AbortSignal.timeout(deadlineMs);
    while (!isSo()) {
      try {
        await once(this.#events, 'news', { signal });
      } catch {
        throw new Error(`${what}: nothing came in ${deadlineMs} ms; logs: ${this.logs.join('\n')}`);
      }
    }
  }

  /**
   * Back to the beginning with other settings: no document is open, nothing has been said. What the server still had
   * to say has come before its answer to a request.
   */
  async reset(settings: unknown = settingsOf()): Promise<void> {
    for (const uri of [...this.#documents.keys()]) this.close(uri);
    this.#settingsGate = Promise.resolve();
    this.setConfiguration(settings);
    await this.hover('untitled:nothing', { line: 0, character: 0 });
    this.logs.length = this.publications.length = this.statuses.length = this.questions = 0;
  }

  /** Ends the session as an editor does, which a server that is gone does not hear. */
  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type).catch(() => undefined);
    await this.#server.stop();
    this.connection.dispose();
  }

  #document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (!document) throw new Error(`${uri} is not open`);
    return document;
  }

  #note(status: FileStatus): void {
    this.statuses.push(status);
    const isNow = this.#documents.get(status.uri)?.version === status.version;
    if (isNow && status.state !== 'checking') this.#settled.add(status.uri);
    this.#tellWaiting();
  }

  async #answer(items: readonly { scopeUri?: string }[]): Promise<unknown[]> {
    const settings = this.#settings;
    this.questions++;
    this.scopes.push(...items.map(({ scopeUri }) => scopeUri));
    this.#tellWaiting();
    await this.#settingsGate;
    // What was said before was said with other settings.
    for (const { scopeUri } of items) if (scopeUri !== undefined) this.#settled.delete(scopeUri);
    return items.map(() => settings);
  }

  #tellWaiting(): void {
    this.#events.dispatchEvent(new Event('news'));
  }
}
