import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MarkupContent } from 'vscode-languageserver';
import type { Client } from '../helpers/client.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { imagePart, recordOf, soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { low, uri } from './records.ts';

const png = dataUri('png', makeImage('png', 8, 6));
const second = imagePart(png, 'low');

/** The text of a hover at a place in the first record. */
async function hoverText(client: Client, character: number): Promise<string | undefined> {
  const hover = await client.hover(uri, { line: 0, character });
  if (!hover) return undefined;
  assert.ok(MarkupContent.is(hover.contents));
  assert.equal(hover.contents.kind, 'plaintext');
  return hover.contents.value;
}

describeServer('A hover', (connect) => {
  const record = recordOf(`{"type": "text", "text": "${'x'.repeat(300)}"}`, low, second);

  it('over an image says what it is and what it costs, on the part that names it', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(record));
    await client.diagnostics(uri);
    const start = record.indexOf(second);
    const hover = await client.hover(uri, { line: 0, character: start + 10 });
    assert.equal(hover?.range?.start.character, start);
    const text = await hoverText(client, start + 10);
    assert.match(text ?? '', /^PNG · 8 × 6 · .*\ndetail low: 85 tokens/);
  });

  it('over a remote image gives its address, and not as a link', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(record));
    await client.diagnostics(uri);
    const text = await hoverText(client, record.indexOf(low) + 10);
    assert.match(text ?? '', /^Image at "https:\/\/example\.com\/photo\.png"\n/);
  });

  it('near the start of a record tells of all its images', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(record));
    await client.diagnostics(uri);
    assert.match((await hoverText(client, 0)) ?? '', /photo\.png[^]*\n\nPNG · 8 × 6/);
    assert.equal(await hoverText(client, 250), undefined);
  });

  it('finds the images of a broken record', async () => {
    const client = await connect();
    const broken = record.replace('"user", ', '"user" ');
    client.open(uri, withSoundRecords(broken));
    await client.diagnostics(uri);
    assert.match((await hoverText(client, broken.indexOf(second) + 10)) ?? '', /^PNG · 8 × 6/);
  });

  it('has nothing to say where there is no image, no record and no line', async () => {
    const client = await connect();
    client.open(uri, `${soundRecord}\n\n${recordOf(low)}`);
    await client.diagnostics(uri);
    for (const position of [
      { line: 0, character: 0 },
      { line: 1, character: 0 },
      { line: 99, character: 0 },
      { line: -1, character: -1 },
    ]) {
      assert.equal(await client.hover(uri, position), null);
    }
    assert.deepEqual(client.logs, []);
  });

  it('is left to a client that shows pictures', async () => {
    const client = await connect({ initializationOptions: { hasPictureHover: true } });
    client.open(uri, withSoundRecords(record));
    await client.diagnostics(uri);
    assert.equal(await client.hover(uri, { line: 0, character: 0 }), null);
  });

  it('is none in a file that is not checked', async () => {
    const client = await connect({ settings: settingsOf({ checkFiles: 'none' }) });
    client.open(uri, withSoundRecords(record));
    await client.diagnostics(uri);
    assert.equal(await client.hover(uri, { line: 0, character: 0 }), null);
  });
});
