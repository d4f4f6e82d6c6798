import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  TextDocumentSyncKind,
  type CancellationToken,
  type CodeAction,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type TextEdit,
} from 'vscode-languageserver';
import { configFileName } from '../core/check/configFile.ts';
import { CheckLoop } from './checkLoop.ts';
import {
  codeActionsAt,
  fileEdits,
  fixAllKind,
  toWorkspaceEdit,
  type FixRequest,
} from './features/codeActions.ts';
import { imageHoverAt } from './features/hover.ts';
import { detailEdits } from './features/setDetail.ts';
import { guard } from './guard.ts';
import type { Host } from './host.ts';
import { OpenFile } from './openFile.ts';
import {
  checkFileMethod,
  setDetailMethod,
  settingsSection,
  type CheckFileParams,
  type CheckFileResult,
  type InitializationOptions,
  type SetDetailParams,
  type SetDetailResult,
} from './protocol.ts';
import { Publisher } from './publisher.ts';
import { Settings } from './settings.ts';

/** Serves one client: wires messages to the files that are open and to the features. */
export function startServer(connection: Connection, host: Host): void {
  const files = new Map<string, OpenFile>();
  const log = (line: string): void => connection.console.error(line);
  const publisher = new Publisher(connection, host);
  const loop = new CheckLoop(
    host,
    (file) => publisher.progress(file),
    (file, error) =>
      log(
        `Check of ${file.uri} failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
      ),
  );
  let client: InitializeParams['capabilities'] = {};
  let hasPictureHover = false;
  /** What a client without pull configuration sent last. */
  let pushedSettings: unknown = {};

  const settings = new Settings(
    (uri) =>
      client.workspace?.configuration
        ? connection.workspace.getConfiguration({ scopeUri: uri, section: settingsSection })
        : Promise.resolve(pushedSettings),
    () => host.today(),
    (line) => connection.console.warn(line),
  );

  connection.onInitialize(({ capabilities, initializationOptions }): InitializeResult => {
    client = capabilities;
    const options = initializationOptions as InitializationOptions | null | undefined;
    hasPictureHover = options?.hasPictureHover === true;
    return {
      serverInfo: { name: 'vision-finetune' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
          resolveProvider: true,
        },
      },
    };
  });

  connection.onInitialized(() => {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      void connection.client.register(DidChangeConfigurationNotification.type, {
        section: settingsSection,
      });
    }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      const watchers = [{ globPattern: `**/${configFileName}` }];
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const file = new OpenFile(uri, languageId, version, text);
    files.set(uri, file);
    void configure(file);
  });

  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const file = files.get(uri);
    if (!file) return;
    file.change(contentChanges, version);
    if (file.isConfigured) loop.add(file);
  });

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const file = files.get(uri);
    if (!file) return;
    files.delete(uri);
    loop.remove(file);
    publisher.clear(file);
  });

  connection.onDidChangeConfiguration((change) => {
    pushedSettings = (change.settings as Record<string, unknown> | null)?.[settingsSection];
    configureAll();
  });

  connection.onDidChangeWatchedFiles(configureAll);

  connection.onHover(
    guard('Hover', host, log, ({ textDocument, position }) => {
      const file = files.get(textDocument.uri);
      return !file?.isWanted || hasPictureHover
        ? null
        : (imageHoverAt(file.snapshot, position) ?? null);
    }),
  );

  connection.onCodeAction(
    guard('Code actions', host, log, ({ textDocument, range, context }) => {
      const file = files.get(textDocument.uri);
      return file?.isWanted ? codeActionsAt(file.snapshot, range, context.only) : [];
    }),
  );

  connection.onCodeActionResolve(guard('Repair of the file', host, log, resolveCodeAction));

  connection.onRequest(checkFileMethod, guard('Check', host, log, checkFile));

  connection.onRequest(setDetailMethod, guard('Set detail', host, log, setDetailOfImages));

  connection.listen();

  async function configure(file: OpenFile): Promise<void> {
    const settled = await settings.of(file.uri);
    if (files.get(file.uri) !== file) return;
    file.configure(settled);
    loop.add(file);
  }

  function configureAll(): void {
    settings.forget();
    for (const file of files.values()) void configure(file);
  }

  async function resolveCodeAction(
    action: CodeAction,
    token: CancellationToken,
  ): Promise<CodeAction> {
    const request = action.data as Partial<FixRequest> | undefined;
    const snapshot = request?.uri === undefined ? undefined : files.get(request.uri)?.snapshot;
    // The text has changed since the action was offered: it has nothing to say any more.
    if (!request || !snapshot || snapshot.version !== request.version) return action;
    const edits = await collect(fileEdits(snapshot, request), token);
    return { ...action, edit: toWorkspaceEdit(snapshot, edits) };
  }

  async function checkFile({ uri }: CheckFileParams): Promise<CheckFileResult> {
    const file = files.get(uri);
    if (!file) return null;
    await settings.of(uri);
    file.askForCheck();
    loop.add(file);
    await loop.settled(file);
    return { ...file.status, findings: file.snapshot.document.gravestFindings(Infinity) };
  }

  async function setDetailOfImages(
    params: SetDetailParams,
    token: CancellationToken,
  ): Promise<SetDetailResult | null> {
    const snapshot = files.get(params.uri)?.snapshot;
    if (!snapshot) return null;
    const edits = await collect(detailEdits(snapshot, params), token);
    return { version: snapshot.version, images: edits.length, edits };
  }

  /** Gathers edits record by record, and lets other messages in between. */
  async function collect(
    batches: Iterable<TextEdit[]>,
    token: CancellationToken,
  ): Promise<TextEdit[]> {
    const edits: TextEdit[] = [];
    let sliceEnd = host.now() + 10;
    for (const batch of batches) {
      edits.push(...batch);
      if (host.now() < sliceEnd) continue;
      await host.yield();
      if (token.isCancellationRequested) break;
      sliceEnd = host.now() + 10;
    }
    return edits;
  }
}
