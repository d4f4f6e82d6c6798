import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createProtocolConnection,
  ErrorCodes,
  type Message,
  type RequestMessage,
  type ResponseMessage,
} from 'vscode-languageserver/node';
import {
  checkFileMethod,
  findRecordMethod,
  recordFactsMethod,
  setDetailMethod,
  statisticsMethod,
} from '../../server/protocol.ts';
import { serveInProcess } from '../helpers/server.ts';
import { connectTo, describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { imagePart, recordOf, soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { hinted, uri } from './records.ts';

const sound = withSoundRecords();
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const duplicate =
  '{"messages": [], "messages": [{"role": "robot", "role": "user", "content": "Hi"}]}';
const rubbish = String.fromCharCode(
  ...Array.from({ length: 4096 }, (_, index) => 0x20 + ((index * 167) % 251)),
);
const longPicture = imagePart(`data:image/png;base64,${'A'.repeat(14_000_000)}`, 'low');

/** Texts that nobody should have, and what is said of each: rules with lines from 1. */
const texts: Record<string, { readonly text: string; readonly codes: readonly string[] }> = {
  'is empty': { text: '', codes: ['too-few-examples:1'] },
  'has only blank lines': { text: '\n \r\n\t\r\n', codes: ['too-few-examples:1'] },
  'has CR LF at its line ends': {
    text: `${sound}\n{`.replaceAll('\n', '\r\n'),
    codes: ['json-syntax:11'],
  },
  'has lone CRs at its line ends': {
    text: `${sound}\n{`.replaceAll('\n', '\r'),
    codes: ['text-encoding:1', 'json-syntax:11'],
  },
  'has a lone CR inside a record': {
    text: withSoundRecords(soundRecord.replace(', ', ',\r')),
    codes: ['text-encoding:1', 'json-syntax:1', 'json-syntax:2'],
  },
  'starts with U+FEFF': { text: `\uFEFF${sound}`, codes: ['json-syntax:1'] },
  'has NULs': {
    text: withSoundRecords('\0', soundRecord.replace('Hi', 'H\0i')),
    codes: ['text-encoding:1', 'text-encoding:2'],
  },
  'has U+2028 in a string and as white space': {
    text: withSoundRecords(soundRecord.replace('Hi', '\u2028\u2029\u0085'), `\u2028${soundRecord}`),
    codes: ['text-encoding:1', 'json-syntax:2'],
  },
  'has lone surrogates': {
    text: withSoundRecords(soundRecord.replace('Hi', '\ud83d'), `\ude00${soundRecord}`),
    codes: ['json-syntax:2'],
  },
  'has keys of the prototype': {
    text: withSoundRecords(
      '{"__proto__": {"messages": []}, "constructor": 1}',
      soundRecord.replace('"role"', '"__proto__"'),
    ),
    codes: ['record-shape:1', 'message-role:2'],
  },
  'has the same key twice': { text: withSoundRecords(duplicate), codes: [] },
  'has arrays 100,000 deep': {
    text: withSoundRecords(
      nested(100_000),
      `{"messages": ${nested(100_000)}}`,
      '['.repeat(100_000),
    ),
    codes: ['record-shape:1', 'record-shape:2', 'json-syntax:3'],
  },
  'is binary rubbish': {
    text: withSoundRecords(rubbish),
    codes: ['json-syntax:1'],
  },
  'is the start of a compressed file': {
    text: '\u001f\ufffd\b\u0000\u0000\u0000\u0000\u0000\u0000\u0003',
    codes: ['json-syntax:1', 'too-few-examples:1'],
  },
  'has a line of 14 MB': {
    text: withSoundRecords(recordOf(longPicture)),
    codes: ['image-format:1', 'image-size:1'],
  },
};

describeServer('A file', (connect) => {
  for (const [what, { text, codes }] of Object.entries(texts)) {
    it(`that ${what} is checked, and the answers go on`, async () => {
      const client = await connect({ settings: settingsOf({ checkFiles: 'all' }) });
      client.open(uri, text);
      assert.deepEqual((await client.codes(uri)).sort(), [...codes].sort());
      const all = { start: { line: 0, character: 0 }, end: client.end(uri) };
      await client.codeActions(uri, all);
      await client.fixAll(uri);
      await client.setDetail({ uri, detail: 'high', scope: 'file' });
      for (const character of [0, 7, 1_000_000]) await client.hover(uri, { line: 0, character });

      client.change(uri, { text: withSoundRecords(hinted) });
      assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
      assert.deepEqual(client.logs, []);
    });
  }
});

describeServer('A message', (connect) => {
  it('of rubbish is answered with nothing, logged, and does not end the server', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords('{'));
    assert.deepEqual(await client.codes(uri), ['json-syntax:1']);
    const { connection } = client;
    assert.equal(await connection.sendRequest('textDocument/hover', {}), null);
    assert.deepEqual(
      await connection.sendRequest('textDocument/codeAction', { textDocument: { uri } }),
      [],
    );
    await assert.rejects(connection.sendRequest('visionFinetune/setDetail', 'what'), {
      code: ErrorCodes.InvalidParams,
    });
    await assert.rejects(connection.sendRequest('no/such/method', {}));
    assert.match(client.logs[0] ?? '', /^Hover of an unknown file failed after \d+ ms: TypeError/);
    assert.match(client.logs[1] ?? '', /^Code actions of file:\/\/\/train\.jsonl failed after/);
    assert.equal(client.logs.length, 2);
    client.replace(uri, '{', soundRecord);
    assert.notDeepEqual(await client.codes(uri), ['json-syntax:1']);
  });

  it('with places outside the text means the nearest place', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords('{'));
    const far = { line: 1e9, character: 1e9 };
    const before = { line: -5, character: -5 };
    client.change(uri, { range: { start: far, end: far }, text: '\n{' });
    client.change(uri, { range: { start: before, end: before }, text: ' ' });
    assert.deepEqual(await client.codes(uri), ['json-syntax:1', 'json-syntax:12']);
  });

  it('that replaces a range of null replaces the whole text', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords('{'));
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: null, text: withSoundRecords('', '[') }],
    });
    const result = await client.checkFile(uri);
    assert.deepEqual(
      result?.findings.map(({ rule, range }) => [rule, range.start.line]),
      [['json-syntax', 1]],
    );
  });
});

describeServer('A request of ours', (connect) => {
  for (const method of [
    checkFileMethod,
    setDetailMethod,
    statisticsMethod,
    findRecordMethod,
    recordFactsMethod,
  ]) {
    it(`is refused without parameters, or with a list of them: ${method}`, async () => {
      const client = await connect();
      const { connection } = client;
      const refusal = { code: ErrorCodes.InvalidParams };
      await assert.rejects(connection.sendRequest(method), refusal);
      await assert.rejects(connection.sendRequest(method, []), refusal);
      assert.equal(await connection.sendRequest(method, { uri: 7 }), null);
      assert.deepEqual(client.logs, []);
    });
  }
});

describe('A request with null for its parameters', () => {
  for (const method of [
    'textDocument/hover',
    'textDocument/codeAction',
    'textDocument/completion',
    'textDocument/documentSymbol',
    'textDocument/foldingRange',
    'textDocument/selectionRange',
    'textDocument/documentLink',
  ]) {
    it(`is refused when it is ${method}`, async () => {
      const { reader, writer, stop } = serveInProcess();
      const answered = new Promise<Message>((resolve) =>
        reader.listen((message) => {
          if ((message as Partial<ResponseMessage>).id === 2) resolve(message);
        }),
      );
      // By hand: the library does not send null.
      const send = (id: number, name: string, params: unknown): Promise<void> =>
        writer.write({ jsonrpc: '2.0', id, method: name, params } as RequestMessage);
      await send(1, 'initialize', { processId: null, rootUri: null, capabilities: {} });
      await send(2, method, null);
      const { error } = (await answered) as ResponseMessage;
      assert.equal(error?.code, ErrorCodes.InvalidParams);
      assert.match(error.message, / needs parameters$/);
      await stop();
    });
  }
});

describe('A request out of its time', () => {
  const params = { textDocument: { uri }, position: { line: 0, character: 0 } };
  const connect = connectTo(() => serveInProcess());

  it('is refused before the client has said who it is', async () => {
    const server = serveInProcess();
    const connection = createProtocolConnection(server.reader, server.writer);
    connection.listen();
    await assert.rejects(connection.sendRequest('textDocument/hover', params), {
      code: ErrorCodes.ServerNotInitialized,
    });
    connection.dispose();
    await server.stop();
  });

  it('is refused after the client has said that it is about to leave', async () => {
    const { connection } = await connect();
    await connection.sendRequest('shutdown');
    await assert.rejects(connection.sendRequest('textDocument/hover', params), {
      code: ErrorCodes.InvalidRequest,
    });
  });
});
