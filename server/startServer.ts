import {
  CodeActionKind,
  CodeActionRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  HoverRequest,
  TextDocumentSyncKind,
  type CancellationToken,
  type CodeAction,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { configFileName } from '../core/check/configFile.ts';
import { quietImageBytes } from '../core/image/repairPlan.ts';
import { collect } from './collect.ts';
import {
  editingCapabilities,
  markupAmong,
  registerFormatters,
  serveEditingHelp,
} from './editingHelp.ts';
import {
  codeActionsAt,
  fileEdits,
  fixAllKind,
  toWorkspaceEdit,
  type FixRequest,
} from './features/codeActions.ts';
import { imageHoverAt } from './features/hover.ts';
import { imagePlaces } from './features/imagePlaces.ts';
import { imagesToRepair } from './features/imageRepairs.ts';
import { keyHoverAt } from './features/keyHover.ts';
import { detailEdits } from './features/setDetail.ts';
import { countStatistics } from './features/statistics.ts';
import { webAddresses } from './features/webAddresses.ts';
import { guardWith, type Stage } from './guard.ts';
import type { Host } from './host.ts';
import { OpenFile } from './openFile.ts';
import { OpenFiles } from './openFiles.ts';
import {
  checkFileMethod,
  imagePlacesMethod,
  imagesToRepairMethod,
  learntImagesMethod,
  pingMethod,
  setDetailMethod,
  statisticsMethod,
  settingsSection,
  webAddressesMethod,
  type CheckFileParams,
  type CheckFileResult,
  type ImagePlacesParams,
  type ImagePlacesResult,
  type ImagesToRepairParams,
  type ImagesToRepairResult,
  type InitializationOptions,
  type LearntImagesParams,
  type SetDetailParams,
  type SetDetailResult,
  type StatisticsParams,
  type StatisticsResult,
  type WebAddressesParams,
  type WebAddressesResult,
} from './protocol.ts';
import { requestOf } from './requestOf.ts';
import { Settings } from './settings.ts';

/** Serves one client: wires its messages to the files that are open and to the features. */
export function startServer(connection: Connection, host: Host): void {
  const log = (line: string): void => connection.console.error(line);
  let client: InitializeParams['capabilities'] = {};
  let hasPictureHover = false;
  let canRepairImages = false;
  let stage: Stage = 'new';
  /** What a client that cannot be asked for settings sent last. */
  let pushedSettings: unknown = {};

  const settings = new Settings(
    (uri) =>
      client.workspace?.configuration
        ? connection.workspace.getConfiguration({ scopeUri: uri, section: settingsSection })
        : Promise.resolve(pushedSettings),
    () => host.today(),
    (line) => connection.console.warn(line),
  );
  const files = new OpenFiles(connection, host, settings, log);
  const guard = guardWith(host, log, () => stage);

  connection.onInitialize(({ capabilities, initializationOptions }): InitializeResult => {
    client = capabilities;
    stage = 'initialized';
    const options = initializationOptions as InitializationOptions | null | undefined;
    hasPictureHover = options?.hasPictureHover === true;
    canRepairImages = options?.canRepairImages === true;
    return {
      serverInfo: { name: 'vision-finetune' },
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: true,
        },
        ...editingCapabilities(capabilities),
        hoverProvider: true,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
          resolveProvider: true,
        },
      },
    };
  });

  connection.onInitialized(() => {
    const { didChangeConfiguration, didChangeWatchedFiles } = client.workspace ?? {};
    // A client that refuses, which the library logs, is served without.
    const ignore = (): void => undefined;
    if (didChangeConfiguration?.dynamicRegistration) {
      const options = { section: settingsSection };
      connection.client.register(DidChangeConfigurationNotification.type, options).catch(ignore);
    }
    if (didChangeWatchedFiles?.dynamicRegistration) {
      const options = {
        watchers: [`**/${configFileName}`, '**/*.jsonl'].map((globPattern) => ({ globPattern })),
      };
      connection.client.register(DidChangeWatchedFilesNotification.type, options).catch(ignore);
    }
    registerFormatters(connection, client);
  });

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) =>
    files.open(new OpenFile(uri, languageId, version, text)),
  );

  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    files.change(uri, contentChanges, version),
  );

  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => files.close(uri));

  connection.onShutdown(() => {
    stage = 'shut down';
    files.closeAll();
  });

  connection.onDidChangeConfiguration((change) => {
    pushedSettings = (change.settings as Record<string, unknown> | null)?.[settingsSection];
    files.configureAll();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => uri.endsWith(`/${configFileName}`))) files.configureAll();
    else files.accompanyAll();
    for (const { uri } of changes) files.readSaved(uri);
  });

  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    files.readSaved(uri);
    files.accompanyAll();
  });

  // By their types: the methods of the library that register a feature read its parameters before the guard does.
  connection.onRequest(
    HoverRequest.type,
    guard(
      'Hover',
      ({ textDocument, position }) => {
        const file = files.get(textDocument.uri);
        if (!file?.isWanted) return null;
        const { snapshot } = file;
        const markup = markupAmong(client.textDocument?.hover?.contentFormat);
        const image = hasPictureHover ? undefined : imageHoverAt(snapshot, position);
        return image ?? keyHoverAt(snapshot, position, markup) ?? null;
      },
      null,
    ),
  );

  connection.onRequest(
    CodeActionRequest.type,
    guard(
      'Code actions',
      ({ textDocument, range, context }) => {
        const file = files.get(textDocument.uri);
        if (!file?.isWanted) return [];
        const showsDisabled = client.textDocument?.codeAction?.disabledSupport === true;
        const can = { canRepairImages, showsDisabled };
        return codeActionsAt(file.snapshot, range, context.only, can);
      },
      [],
    ),
  );

  connection.onCodeActionResolve(guard('Repair', resolveCodeAction));
  connection.onRequest(
    requestOf<CheckFileParams, CheckFileResult>(checkFileMethod),
    guard('Check', checkFile),
  );
  connection.onRequest(
    requestOf<SetDetailParams, SetDetailResult | null>(setDetailMethod),
    guard('Set detail', setDetail),
  );
  connection.onRequest(
    requestOf<StatisticsParams, StatisticsResult>(statisticsMethod),
    guard('Statistics', statistics),
  );
  connection.onRequest(
    requestOf<WebAddressesParams, WebAddressesResult>(webAddressesMethod),
    guard('Web addresses', findWebAddresses),
  );
  connection.onRequest(
    requestOf<ImagesToRepairParams, ImagesToRepairResult>(imagesToRepairMethod),
    guard('Images to repair', findImagesToRepair),
  );
  connection.onRequest(
    requestOf<ImagePlacesParams, ImagePlacesResult>(imagePlacesMethod),
    guard('Image places', findImagePlaces),
  );
  connection.onRequest(pingMethod, () => null);
  connection.onNotification(learntImagesMethod, (params: Partial<LearntImagesParams> | null) =>
    files.learn(params?.images ?? []),
  );

  serveEditingHelp(connection, files, host, guard, () => client);
  connection.listen();

  /** Without an edit if the text has changed since the action was offered: it has nothing to say any more. */
  async function resolveCodeAction(
    action: CodeAction,
    token: CancellationToken,
  ): Promise<CodeAction> {
    const request = action.data as Partial<FixRequest> | null | undefined;
    if (typeof request?.uri !== 'string') return action;
    const snapshot = await files.checked(request.uri);
    if (!snapshot || snapshot.version !== request.version) return action;
    const edits = await collect(fileEdits(snapshot, request), host, token);
    return { ...action, edit: toWorkspaceEdit(snapshot, edits) };
  }

  async function checkFile({ uri }: CheckFileParams): Promise<CheckFileResult> {
    const file = await files.check(uri);
    if (!file) return null;
    return { ...file.status, findings: file.snapshot.document.gravestFindings(Infinity) };
  }

  async function statistics(
    { uri }: StatisticsParams,
    token: CancellationToken,
  ): Promise<StatisticsResult> {
    const file = await files.configured(uri);
    return file ? countStatistics(file.snapshot, host, token) : null;
  }

  async function findWebAddresses(
    params: WebAddressesParams,
    token: CancellationToken,
  ): Promise<WebAddressesResult> {
    const snapshot = (await files.configured(params.uri))?.snapshot;
    if (!snapshot) return null;
    const addresses = await collect(webAddresses(snapshot, params), host, token);
    const { maxImageBytes } = snapshot.document.context.limits;
    return { addresses: [...new Set(addresses)], maxImageBytes };
  }

  async function findImagesToRepair(
    params: ImagesToRepairParams,
    token: CancellationToken,
  ): Promise<ImagesToRepairResult> {
    const snapshot = (await files.configured(params.uri))?.snapshot;
    if (!snapshot) return null;
    const { version, document } = snapshot;
    const images = await collect(imagesToRepair(snapshot, params), host, token);
    return { version, maxBytes: quietImageBytes(document.context.limits), images };
  }

  async function findImagePlaces(
    params: ImagePlacesParams,
    token: CancellationToken,
  ): Promise<ImagePlacesResult> {
    const snapshot = (await files.configured(params.uri))?.snapshot;
    if (!snapshot) return null;
    const { version, document } = snapshot;
    const { limits } = document.context;
    const images = await collect(imagePlaces(snapshot, params), host, token);
    const { maxImageBytes } = limits;
    return { version, maxImageBytes, maxBytes: quietImageBytes(limits), images };
  }

  async function setDetail(
    params: SetDetailParams,
    token: CancellationToken,
  ): Promise<SetDetailResult | null> {
    const snapshot = files.get(params.uri)?.snapshot;
    if (!snapshot) return null;
    const edits = await collect(detailEdits(snapshot, params), host, token);
    return { version: snapshot.version, images: edits.length, edits };
  }
}
