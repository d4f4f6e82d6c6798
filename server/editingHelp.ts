import {
  CompletionRequest,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  MarkupKind,
  SelectionRangeRequest,
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type DocumentFormattingParams,
  type Range,
  type ServerCapabilities,
  type TextEdit,
} from 'vscode-languageserver';
import { collect } from './collect.ts';
import { completionsAt, completionTriggers } from './features/completion.ts';
import { documentLinksOf } from './features/documentLinks.ts';
import { documentSymbolsOf } from './features/documentSymbols.ts';
import { findRecord } from './features/findRecord.ts';
import { foldingRangesOf } from './features/foldingRanges.ts';
import { formattingEdits } from './features/formatting.ts';
import { recordFactsAt } from './features/recordFacts.ts';
import { selectionRangesAt } from './features/selectionRanges.ts';
import type { guardWith } from './guard.ts';
import type { Host } from './host.ts';
import type { OpenFiles } from './openFiles.ts';
import {
  findRecordMethod,
  recordFactsMethod,
  type FindRecordParams,
  type FindRecordResult,
  type RecordFactsParams,
  type RecordFactsResult,
} from './protocol.ts';
import { requestOf } from './requestOf.ts';
import type { Snapshot } from './snapshot.ts';

/** What the server can do for somebody who types, whatever the client is. */
const capabilities: ServerCapabilities = {
  completionProvider: { triggerCharacters: completionTriggers },
  documentSymbolProvider: { label: 'Vision Fine-Tuning' },
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
};

/** Formatters of lines of records: JSON over many lines has another one, and an editor would have to ask which is meant. */
const formatters = [DocumentFormattingRequest.type, DocumentRangeFormattingRequest.type];

export function editingCapabilities(client: ClientCapabilities): ServerCapabilities {
  if (registersFormatters(client)) return capabilities;
  return {
    ...capabilities,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
  };
}

/** Call once the client is initialized. */
export function registerFormatters(connection: Connection, client: ClientCapabilities): void {
  if (!registersFormatters(client)) return;
  const options = { documentSelector: [{ language: 'jsonl' }] };
  for (const type of formatters) {
    // A client that refuses, which the library logs, is served without.
    connection.client.register(type, options).catch(() => undefined);
  }
}

function registersFormatters({ textDocument }: ClientCapabilities): boolean {
  const { formatting, rangeFormatting } = textDocument ?? {};
  return formatting?.dynamicRegistration === true && rangeFormatting?.dynamicRegistration === true;
}

/** Registers the features that help while a file is read and written, each in one line. */
export function serveEditingHelp(
  connection: Connection,
  files: OpenFiles,
  host: Host,
  guard: ReturnType<typeof guardWith>,
  client: () => ClientCapabilities,
): void {
  const wanted = async (uri: string): Promise<Snapshot | undefined> => {
    const file = await files.configured(uri);
    return file?.isHelped ? file.snapshot : undefined;
  };

  const showsTree = (): boolean =>
    client().textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true;

  connection.onRequest(
    CompletionRequest.type,
    guard(
      'Completion',
      async ({ textDocument, position }) => {
        const snapshot = await wanted(textDocument.uri);
        return snapshot ? completionsAt(snapshot, position, completionClient(client())) : [];
      },
      [],
    ),
  );

  connection.onRequest(
    DocumentSymbolRequest.type,
    guard(
      'Symbols',
      async ({ textDocument }, token) => {
        const snapshot = showsTree() ? await wanted(textDocument.uri) : undefined;
        return snapshot ? collect(documentSymbolsOf(snapshot), host, token) : [];
      },
      [],
    ),
  );

  connection.onRequest(
    FoldingRangeRequest.type,
    guard(
      'Folding',
      async ({ textDocument }) => {
        const snapshot = await wanted(textDocument.uri);
        return snapshot ? foldingRangesOf(snapshot) : [];
      },
      [],
    ),
  );

  connection.onRequest(
    SelectionRangeRequest.type,
    guard(
      'Selection',
      async ({ textDocument, positions }) => {
        const snapshot = await wanted(textDocument.uri);
        return snapshot ? selectionRangesAt(snapshot, positions) : null;
      },
      null,
    ),
  );

  connection.onRequest(
    DocumentLinkRequest.type,
    guard(
      'Links',
      async ({ textDocument }, token) => {
        const snapshot = await wanted(textDocument.uri);
        return snapshot ? collect(documentLinksOf(snapshot), host, token) : [];
      },
      [],
    ),
  );

  connection.onRequest(DocumentFormattingRequest.type, guard('Formatting', format, []));
  connection.onRequest(DocumentRangeFormattingRequest.type, guard('Formatting', format, []));

  connection.onRequest(
    requestOf<FindRecordParams, FindRecordResult>(findRecordMethod),
    guard('Find record', async (params) => {
      await files.configured(params.uri);
      const snapshot = await files.checked(params.uri);
      return snapshot ? findRecord(snapshot, params) : null;
    }),
  );

  connection.onRequest(
    requestOf<RecordFactsParams, RecordFactsResult>(recordFactsMethod),
    guard('Record facts', ({ uri, line }) => {
      const file = files.get(uri);
      return file?.isWanted ? recordFactsAt(file.snapshot, line) : null;
    }),
  );

  async function format(
    { textDocument, range }: DocumentFormattingParams & { readonly range?: Range },
    token: CancellationToken,
  ): Promise<TextEdit[]> {
    const snapshot = await wanted(textDocument.uri);
    return snapshot ? collect(formattingEdits(snapshot, range), host, token) : [];
  }
}

function completionClient({ textDocument }: ClientCapabilities) {
  const { snippetSupport, documentationFormat } = textDocument?.completion?.completionItem ?? {};
  return { hasSnippets: snippetSupport === true, markup: markupAmong(documentationFormat) };
}

/** A client that says nothing shows markdown as text. */
export function markupAmong(kinds: readonly MarkupKind[] | undefined): MarkupKind {
  return kinds?.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}
