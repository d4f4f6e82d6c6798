import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { makeFolder } from '../cli/runCli.ts';
import type { Client } from '../helpers/client.ts';
import { describeServer } from '../helpers/serverSuite.ts';

const record = '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes"}]}';
const settings = {
  profile: 'openai',
  severities: { 'too-few-examples': 'off', 'duplicate-example': 'off' },
};

describeServer('what only the bytes of a saved file tell', (connect) => {
  it('is found when the file is opened: line ends, byte order mark, other encodings', async (test) => {
    const bytes = Buffer.from(
      `\xef\xbb\xbf${record}\r${record.replace('Hi', 'caf\xe9')}\n`,
      'latin1',
    );
    const { uri } = await save(test, bytes);
    const client = await connect({ settings });
    client.open(uri, `${record}\n${record.replace('Hi', 'caf\ufffd')}\n`);
    await shows(client, uri, [
      'text-encoding:1 information',
      'text-encoding:1 warning',
      'text-encoding:2 error',
    ]);
  });

  it('is once that the file is UTF-16, whose bytes and lines are not looked at', async (test) => {
    const text = `${record}\r\n${record}\n`;
    for (const bytes of [
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(text, 'utf16le').swap16(),
    ]) {
      const { uri, path } = await save(test, bytes);
      const client = await connect({ settings });
      client.open(uri, text);
      await shows(client, uri, ['text-encoding:1 error']);
      const [diagnostic] = client.publications.at(-1)?.diagnostics ?? [];
      assert.match(JSON.stringify(diagnostic), /"File is UTF-16; .*: save it in that encoding; /);
      writeFileSync(path, text);
      client.save(uri);
      await shows(client, uri, []);
    }
  });

  it('is shown while the text is as saved, and found again when it is saved', async (test) => {
    const { uri, path } = await save(test, `${record}\r${record}`);
    const client = await connect({ settings });
    client.open(uri, `${record}\n${record}`);
    await shows(client, uri, ['text-encoding:1 warning']);
    client.replace(uri, 'Hi', 'Ho');
    await shows(client, uri, []);
    writeFileSync(path, `\ufeff${client.text(uri)}`);
    client.save(uri);
    await shows(client, uri, ['text-encoding:1 information']);
    writeFileSync(path, client.text(uri));
    client.save(uri);
    await shows(client, uri, []);
  });

  it('is nothing where the file holds another text, or is not there', async (test) => {
    const { uri } = await save(test, `\ufeff${record}\n`);
    const client = await connect({ settings });
    client.open(uri, `${record}\n\n${record}`);
    client.open(`${uri}.gone.jsonl`, record);
    await shows(client, uri, ['blank-line:2 warning']);
    await shows(client, `${uri}.gone.jsonl`, []);
  });
});

async function save(test: TestContext, content: string | Uint8Array) {
  const folder = await makeFolder(test, { 'train.jsonl': content });
  const path = join(folder, 'train.jsonl');
  return { path, uri: pathToFileURL(path).href };
}

const severities = ['', 'error', 'warning', 'information', 'hint'];

/** Waits for these findings, each as `rule:line severity`, lines from 1. */
async function shows(client: Client, uri: string, expected: readonly string[]): Promise<void> {
  const shown = (): string[] => {
    const { diagnostics = [] } = client.publications.findLast((each) => each.uri === uri) ?? {};
    return diagnostics.map(
      ({ code, range, severity = 0 }) =>
        `${code ?? ''}:${range.start.line + 1} ${severities[severity] ?? ''}`,
    );
  };
  await client.diagnostics(uri);
  const isShown = () => isDeepStrictEqual(shown().toSorted(), expected.toSorted());
  await client.until(isShown, `${expected.join()} in place of ${shown().join()}`);
}
