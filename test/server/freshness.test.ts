import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Connection, PublishDiagnosticsParams } from 'vscode-languageserver';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import type { Change, Client } from '../helpers/client.ts';
import { serveInProcess, slowHost } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { hinted, robot, uri } from './records.ts';

const context = createContext([settingsOf()], '2026-11-21');

/** `line:character rule` of each finding of a text, read afresh. */
function placesIn(text: string): string[] {
  const checker = new FileChecker(context);
  checker.read(Buffer.from(text));
  const { findings } = checker.finish();
  return findings.map(({ range: { start }, rule }) => `${start.line}:${start.character} ${rule}`);
}

function placesOf({ diagnostics }: PublishDiagnosticsParams): string[] {
  return diagnostics.map(
    ({ range: { start }, code }) => `${start.line}:${start.character} ${code ?? 'none'}`,
  );
}

describe('While a file is being read', () => {
  /** Of a version: what the server has last been told, and what it then sent. */
  let toldVersion = 0;
  const sent: { readonly version: number | undefined; readonly toldVersion: number }[] = [];

  function listenIn(connection: Connection): void {
    const onDidChangeTextDocument = connection.onDidChangeTextDocument.bind(connection);
    const sendDiagnostics = connection.sendDiagnostics.bind(connection);
    connection.onDidChangeTextDocument = (handler) =>
      onDidChangeTextDocument((params) => {
        toldVersion = params.textDocument.version;
        return handler(params);
      });
    connection.sendDiagnostics = (params) => {
      sent.push({ version: params.version, toldVersion });
      return sendDiagnostics(params);
    };
  }

  const connect = connectTo(() => serveInProcess(slowHost(), listenIn));
  const lines = [soundRecord, robot, hinted, '', '{"messages": [', '{"messages": []}'];
  const anyLine = fc.constantFrom(...lines);
  const anyChange = fc.record({
    at: fc.nat(),
    length: fc.oneof(fc.constant(0), fc.nat({ max: 8 }), fc.nat({ max: 300 })),
    text: fc.oneof(anyLine, fc.constantFrom('', '\n', '\r\n', '"', '}', 'x\n\n', '\u2028')),
    isReadAfterwards: fc.nat({ max: 4 }).map((chance) => chance === 0),
  });

  it('every publication is about the text of that moment, in 200 edits', async () => {
    const [start] = fc.sample(fc.array(anyLine, { minLength: 400, maxLength: 400 }), {
      seed: 1,
      numRuns: 1,
    });
    const edits = fc.sample(anyChange, { seed: 2, numRuns: 200 });
    const client = await connect();
    client.open(uri, [soundRecord, ...(start ?? [])].join('\n'));
    const texts = new Map([[1, client.text(uri)]]);
    for (const { at, length, text, isReadAfterwards } of edits) {
      client.change(uri, randomChange(client, at, length, text));
      texts.set(client.version(uri), client.text(uri));
      // A message back and forth lets the server get on with its slices, as far as it comes.
      if (isReadAfterwards) await client.hover(uri, { line: 0, character: 0 });
    }
    await client.diagnostics(uri);

    assert.ok(sent.length > 10, `only ${sent.length} publications`);
    assert.deepEqual(
      sent.filter(({ version, toldVersion }) => version !== toldVersion && toldVersion !== 0),
      [],
    );
    assert.equal(client.publications.at(-1)?.version, 201);
    for (const [index, publication] of client.publications.entries()) {
      const expected = placesIn(texts.get(publication.version ?? 0) ?? '');
      const found = placesOf(publication);
      const isWhole = client.statuses[index]?.state === 'checked';
      if (isWhole) assert.deepEqual(found, expected);
      else
        assert.deepEqual(
          found.filter((place) => !expected.includes(place)),
          [],
        );
    }
    assert.ok(
      client.statuses.some(({ state }) => state === 'checking'),
      'none in between',
    );
  });

  function randomChange(client: Client, at: number, length: number, text: string): Change {
    // Places of a text of one line each, without counting all of it: far more than there are means the end.
    const all = client.text(uri).split('\n');
    const line = at % all.length;
    const character = at % ((all[line] ?? '').length + 1);
    const end =
      length > 8
        ? { line: line + (length % 5), character }
        : { line, character: character + length };
    return { range: { start: { line, character }, end }, text };
  }
});

describe('A document that is closed while it is being read', () => {
  const connect = connectTo(() => serveInProcess(slowHost()));
  const long = withSoundRecords(...Array<string>(1000).fill(robot));

  it('has no more diagnostics after the empty list, and other documents have theirs', async () => {
    const client = await connect();
    client.open(uri, long);
    client.open('file:///other.jsonl', withSoundRecords(hinted));
    await client.until(() => client.publications.length > 0, 'first diagnostics');
    client.close(uri);
    assert.deepEqual(await client.codes('file:///other.jsonl'), ['image-detail-cost:1']);
    await client.hover(uri, { line: 0, character: 0 });
    const own = client.publications.filter((each) => each.uri === uri);
    assert.deepEqual(own.at(-1)?.diagnostics, []);
    assert.equal(own.at(-1)?.version, undefined);
  });

  it('gives way at once to one that is opened under the same name', async () => {
    const client = await connect();
    client.open(uri, long, 'jsonl', 7);
    await client.until(() => client.publications.length > 0, 'first diagnostics');
    client.open(uri, withSoundRecords(hinted), 'jsonl', 8);
    await client.diagnostics(uri);
    await client.checkFile(uri);
    const versions = client.publications.map(({ version }) => version);
    assert.equal(versions.lastIndexOf(7) < versions.indexOf(8), true, versions.join());
    // What was left of the first would take some hundred slices more.
    for (let slice = 0; slice < 50; slice++) await client.hover(uri, { line: 0, character: 0 });
    assert.equal(client.publications.at(-1)?.version, 8);
  });

  it('answers a check that waits for it with nothing', async () => {
    const client = await connect();
    client.open(uri, long);
    const checked = client.checkFile(uri);
    client.close(uri);
    assert.equal(await checked, null);
    assert.deepEqual(
      client.publications.filter(({ diagnostics }) => diagnostics.length > 0),
      [],
    );
  });

  it('does not come back when settings arrive for it', async () => {
    const client = await connect();
    const answered = Promise.withResolvers<undefined>();
    client.holdSettings(answered.promise);
    client.open(uri, long);
    const checked = client.checkFile(uri);
    await client.until(() => client.questions === 1, 'a question about settings');
    client.close(uri);
    answered.resolve(undefined);
    assert.equal(await checked, null);
    await client.hover(uri, { line: 0, character: 0 });
    assert.deepEqual(
      client.publications.map(({ diagnostics }) => diagnostics),
      [[]],
    );
  });
});
