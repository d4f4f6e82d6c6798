import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  CompletionRequest,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  SelectionRangeRequest,
  type CompletionItem,
} from 'vscode-languageserver';
import {
  findRecordMethod,
  recordFactsMethod,
  recordScheme,
  type FindRecordResult,
  type RecordFactsResult,
} from '../../server/protocol.ts';
import type { Client } from '../helpers/client.ts';
import { describeServer } from '../helpers/serverSuite.ts';
import { imagePart, recordOf, webPicture, withSoundRecords } from '../helpers/trainingText.ts';
import { uri } from './records.ts';

const position = { line: 0, character: 0 };
const capabilities = {
  workspace: { configuration: true },
  textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};
const log = '{"event": "start"}\n{"event": "stop"}';

/** How much each feature answers for a document, asked at once after it is opened. */
async function answers(client: Client, textDocument = { uri }): Promise<Record<string, number>> {
  const { connection } = client;
  const count = async (answer: Promise<readonly unknown[] | null>): Promise<number> =>
    (await answer)?.length ?? 0;
  const completion = connection.sendRequest(CompletionRequest.type, { textDocument, position });
  return {
    completions: await count(completion as Promise<CompletionItem[] | null>),
    symbols: await count(connection.sendRequest(DocumentSymbolRequest.type, { textDocument })),
    folds: await count(connection.sendRequest(FoldingRangeRequest.type, { textDocument })),
    links: await count(connection.sendRequest(DocumentLinkRequest.type, { textDocument })),
    selections: await count(
      connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] }),
    ),
  };
}

describeServer('Help while editing', (connect) => {
  it('is there as soon as a training file is open', async () => {
    const client = await connect({ capabilities });
    const records = Array.from({ length: 100 }, () => recordOf(imagePart(webPicture)));
    client.open(uri, withSoundRecords('', ...records));
    assert.deepEqual(await answers(client), {
      completions: 2,
      symbols: 110,
      folds: 2,
      links: 100,
      selections: 1,
    });
    assert.deepEqual(client.logs, []);
  });

  it('writes the first record of an empty file', async () => {
    const client = await connect({ capabilities });
    client.open(uri, '');
    assert.equal((await answers(client))['completions'], 2);
    client.change(uri, { text: '{"mess' });
    const answer = await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: client.end(uri),
    });
    assert.ok(Array.isArray(answer));
    assert.equal(answer[0]?.label, 'messages');
  });

  it('is none in a file that is not for training, or not to be checked', async () => {
    const nothing = { completions: 0, symbols: 0, folds: 0, links: 0, selections: 0 };
    const client = await connect({ capabilities });
    client.open(uri, log);
    assert.deepEqual(await answers(client), nothing);
    const unwanted = await connect({ capabilities, settings: { checkFiles: 'none' } });
    unwanted.open(uri, withSoundRecords(''));
    assert.deepEqual(await answers(unwanted), nothing);
  });

  it('sends no tree of symbols to an editor that shows none', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords());
    assert.equal((await answers(client))['symbols'], 0);
  });

  it('answers nothing for a file that is not open', async () => {
    const client = await connect({ capabilities });
    const counts = Object.values(await answers(client, { uri: 'file:///etc/passwd' }));
    assert.deepEqual(counts, [0, 0, 0, 0, 0]);
  });

  it('formats records on their lines', async () => {
    const client = await connect({ capabilities });
    client.open(uri, withSoundRecords('{"messages" : []}'));
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options: { tabSize: 2, insertSpaces: true },
    });
    const lines = edits?.map(({ range }) => [range.start.line, range.end.line]);
    assert.deepEqual(lines, [[0, 0]]);
    const offered = client.initializeResult?.capabilities ?? {};
    assert.equal(offered.documentFormattingProvider, true);
    assert.equal(offered.documentRangeFormattingProvider, true);
  });

  it('offers to format lines of records alone to an editor that tells languages apart', async () => {
    const formatting = { dynamicRegistration: true };
    const client = await connect({
      capabilities: { textDocument: { formatting, rangeFormatting: formatting } },
    });
    await client.until(() => client.registered.length === 2, 'two registrations');
    assert.deepEqual(client.registered, [
      'textDocument/formatting',
      'textDocument/rangeFormatting',
    ]);
    assert.equal(client.initializeResult?.capabilities.documentFormattingProvider, undefined);
  });
});

describeServer('A record', (connect) => {
  it('is found by its number and by its problem, when the file is checked', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords('', recordOf(imagePart(webPicture, 'fine'))));
    const find = (want: unknown): Promise<FindRecordResult> =>
      client.connection.sendRequest(findRecordMethod, { uri, line: 0, want });
    assert.equal((await find('nextProblem'))?.line, 1);
    assert.deepEqual(await find(11), {
      version: 1,
      number: 11,
      count: 11,
      line: 11,
      character: 0,
    });
    assert.equal(await find(12), null);
  });

  it('has facts, unless its file is not checked', async () => {
    const client = await connect();
    const facts = (): Promise<RecordFactsResult> =>
      client.connection.sendRequest(recordFactsMethod, { uri, line: 0 });
    client.open(uri, withSoundRecords(recordOf(imagePart(webPicture))));
    await client.diagnostics(uri);
    assert.equal((await facts())?.images, 1);
    client.open(uri, log);
    await client.diagnostics(uri);
    assert.equal(await facts(), null);
  });

  it('that is opened by itself is checked with the settings of its file', async () => {
    const client = await connect();
    const record = `${recordScheme}:/1/train.jsonl%20record%201.json?${encodeURIComponent(uri)}`;
    client.open(record, recordOf(imagePart(webPicture, 'fine')), 'json');
    assert.deepEqual(await client.codes(record), ['image-detail:1']);
    assert.deepEqual(new Set(client.scopes), new Set([uri]));
  });
});
