import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { makeFolder } from '../cli/runCli.ts';
import { serveInProcess } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';

const record = (question: string) =>
  `{"messages":[{"role":"user","content":"${question}"},{"role":"assistant","content":"Yes."}]}`;
const train = Array.from({ length: 10 }, (_, index) => record(`Is ${index} a number?`)).join('\n');
const leak = record('Is 3 a number?');

describe('The validation file of an open training file', () => {
  const connect = connectTo(() => serveInProcess());

  it('is found beside it by its name, and each example that both have is linked to it', async (test) => {
    const folder = await makeFolder(test, { 'val.jsonl': `\n${leak}` });
    const client = await connect({ settings: {} });
    const uri = uriOf(folder, 'train.jsonl');
    client.open(uri, train);
    await client.checkFile(uri);
    const [diagnostic] = await client.diagnostics(uri);
    assert.equal(diagnostic?.code, 'train-validation-leak');
    assert.equal(diagnostic.range.start.line, 3);
    const [related] = diagnostic.relatedInformation ?? [];
    assert.equal(related?.location.uri, uriOf(folder, 'val.jsonl'));
    assert.equal(related.location.range.start.line, 1);
  });

  it('is the one of the settings, from a folder above', async (test) => {
    const folder = await makeFolder(test, { 'held-out.jsonl': leak, 'data/val.jsonl': '' });
    const client = await connect({ settings: { validationFile: 'held-out.jsonl' } });
    const uri = uriOf(folder, 'data/train.jsonl');
    client.open(uri, train);
    await client.checkFile(uri);
    assert.deepEqual(await client.codes(uri), ['train-validation-leak:4']);
  });

  it('is read again when it has changed on disk, and nothing is said once it shares nothing', async (test) => {
    const folder = await makeFolder(test, { 'val.jsonl': leak });
    const client = await connect({ settings: {} });
    const uri = uriOf(folder, 'train.jsonl');
    client.open(uri, train);
    await client.checkFile(uri);
    assert.deepEqual(await client.codes(uri), ['train-validation-leak:4']);
    writeFileSync(join(folder, 'val.jsonl'), record('What else is there?'));
    client.touch(uriOf(folder, 'val.jsonl'));
    assert.deepEqual((await client.checkFile(uri))?.findings, []);
  });

  it('may be missing, a folder, or the training file itself', async (test) => {
    const folder = await makeFolder(test, { 'val.jsonl/a': '', 'train.jsonl': train });
    for (const validationFile of [null, 'nowhere.jsonl', 'train.jsonl', '\u0000', 7]) {
      const client = await connect({ settings: { validationFile } });
      const uri = uriOf(folder, 'train.jsonl');
      client.open(uri, train);
      assert.deepEqual((await client.checkFile(uri))?.findings, []);
    }
  });
});

function uriOf(folder: string, path: string): string {
  return pathToFileURL(join(folder, path)).href;
}
