import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { readAllFaults } from '../faults/readFaults.ts';
import type { Client } from '../helpers/client.ts';
import { serveInProcess } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import { spokenOf } from '../helpers/settingsOf.ts';
import { makeFolder, runCli, type Report } from '../cli/runCli.ts';

const root = join(import.meta.dirname, '..', '..');
const files = ['samples', join('test', 'fixtures')].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => ['.jsonl', '.json'].includes(extname(name)) && !name.includes('expected'))
    .map((name) => join(root, folder, name)),
);

/** A finding as both sides can tell it: lines and columns from 1. */
type Told = readonly [rule: string, severity: string, place: string, message: string];

/** What the command line says of a file with these bytes. */
async function toldByCli(
  test: TestContext,
  name: string,
  bytes: Uint8Array,
  provider: string,
): Promise<Told[]> {
  const cwd = await makeFolder(test, { [name]: bytes });
  const args = ['check', name, '--format', 'json', '--max-problems', '0', '--profile', provider];
  const { stdout } = await runCli(args, { cwd });
  const [file] = (JSON.parse(stdout) as Report).files;
  assert.ok(file);
  return file.findings.map(({ rule, severity, line, column, endLine, endColumn, message }) => [
    rule,
    severity,
    `${line}:${column}-${endLine}:${endColumn}`,
    message,
  ]);
}

/** What the server says of the text that an editor makes of these bytes. */
async function toldByServer(client: Client, path: string, text: string): Promise<Told[]> {
  const uri = pathToFileURL(path).href;
  client.open(uri, text, extname(path) === '.json' ? 'json' : 'jsonl');
  const result = await client.checkFile(uri);
  assert.ok(result);
  return result.findings.map(({ rule, severity, message, range: { start, end } }) => [
    rule,
    severity,
    `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`,
    message,
  ]);
}

/** As an editor reads a file: without a byte order mark, with U+FFFD for what is not UTF-8. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

const foundRules = new Set<string>();

for (const provider of ['azure', 'openai']) {
  describe(`With the limits of ${provider}, the server and the command line find the same in`, () => {
    const connect = connectTo(() => serveInProcess());

    for (const path of files) {
      const name = path.slice(root.length + 1);
      it(name, async (test) => {
        const client = await connect({ settings: { checkFiles: 'all', profile: provider } });
        const text = decode(readFileSync(path));
        const server = await toldByServer(client, path, text);
        for (const [rule] of server) foundRules.add(rule);
        const encoded = Buffer.from(text);
        assert.deepEqual(await toldByCli(test, `a${extname(path)}`, encoded, provider), server);
      });
    }

    it('every record of the table of planted faults, faulty and sound', async (test) => {
      const client = await connect({ settings: { checkFiles: 'all', profile: provider } });
      const records = readAllFaults().flatMap(({ faulty, sound }) => [faulty, sound]);
      // An editor gives no server a text with an image of 10 MB.
      const text = records.filter(({ length }) => length < 1_000_000).join('\n');
      const server = await toldByServer(client, join(root, 'faults.jsonl'), text);
      assert.ok(server.length > 250);
      assert.deepEqual(await toldByCli(test, 'a.jsonl', Buffer.from(text), provider), server);
    });
  });
}

describe('The files that both are compared on', () => {
  it('hold findings of all rules about records, messages and images, but of a size that nobody keeps', () => {
    const silent = spokenOf.filter((rule) => !foundRules.has(rule));
    assert.deepEqual(silent, ['image-size']);
  });
});

describe('What only the bytes of a file can tell', () => {
  const connect = connectTo(() => serveInProcess());

  /** What the command line finds in the bytes and the server cannot find in their text, and the other way round. */
  async function difference(test: TestContext, name: string): Promise<[Told[], Told[]]> {
    const path = join(root, 'test', 'fixtures', name);
    const bytes = readFileSync(path);
    const cli = await toldByCli(test, 'a.jsonl', bytes, 'azure');
    const server = await toldByServer(await connect({ settings: {} }), path, decode(bytes));
    const without = (some: Told[], others: Told[]): Told[] => {
      const known = new Set(others.map((told) => JSON.stringify(told)));
      return some.filter((told) => !known.has(JSON.stringify(told)));
    };
    return [without(cli, server), without(server, cli)];
  }

  it('is not a byte order mark, which both leave out', async (test) => {
    assert.deepEqual(await difference(test, 'bytes-byte-order-mark.jsonl'), [[], []]);
  });

  it('is a byte that is not UTF-8, found by the command line alone', async (test) => {
    const [cli, server] = await difference(test, 'bytes-not-utf8.jsonl');
    assert.deepEqual(server, []);
    assert.deepEqual(
      cli.map(([rule, , place]) => [rule, place]),
      [['text-encoding', '2:45-2:46']],
    );
  });

  it('is a character that is cut off at the end, where both find that the record is', async (test) => {
    const [cli, server] = await difference(test, 'bytes-cut-character.jsonl');
    assert.deepEqual(
      cli.map(([rule, , place]) => [rule, place]),
      [['text-encoding', '12:84-12:85']],
    );
    assert.deepEqual(
      server.map(([rule]) => rule),
      ['json-syntax'],
    );
  });
});
