import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver';
import type { Client } from '../helpers/client.ts';
import { serveInProcess, slowHost } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import {
  imagePart,
  recordOf,
  soundRecord,
  webPicture,
  withSoundRecords,
} from '../helpers/trainingText.ts';
import { hinted, robot, uri } from './records.ts';

const start = { line: 0, character: 0 };

/** Waits for what is shown of a file of which there is more to come. */
async function firstDiagnostics(client: Client): Promise<void> {
  await client.until(() => client.statuses.length > 0, 'first diagnostics');
  assert.equal(client.statuses.at(-1)?.state, 'checking');
}

describe('A file of 20 MB that is being read', () => {
  /** Slices of work so far; between two of them the server hears what has come. */
  let slices = 0;
  const connect = connectTo(() => {
    const host = slowHost();
    slices = 0;
    const countSlice = (): Promise<void> => {
      slices++;
      return host.yield();
    };
    return serveInProcess({ ...host, yield: countSlice });
  });
  const picture = `data:image/png;base64,${'A'.repeat(4000)}`;
  const text = Array<string>(5000)
    .fill(recordOf(imagePart(picture, 'low')))
    .join('\n');

  it('has a hover and a keystroke answered long before its end', async () => {
    const client = await connect();
    client.open(uri, text);
    await firstDiagnostics(client);
    const hover = await client.hover(uri, { line: 4999, character: 0 });
    assert.match(JSON.stringify(hover), /detail low/);
    const whenHovered = slices;

    const typed = { start: { line: 4000, character: 0 }, end: { line: 4000, character: 1 } };
    client.change(uri, { range: typed, text: '[' });
    const isSeen = (): boolean =>
      client.publications.at(-1)?.diagnostics.some(({ code }) => code === 'json-syntax') ?? false;
    await client.until(isSeen, 'a finding on the line that was typed in');
    const whenSeen = slices;
    assert.equal(client.statuses.at(-1)?.state, 'checking');

    await client.diagnostics(uri);
    assert.ok(whenHovered < slices / 4, `the hover after ${whenHovered} of ${slices} slices`);
    assert.ok(whenSeen < slices / 2, `the finding after ${whenSeen} of ${slices} slices`);
  });
});

describe('A file that is being read', () => {
  const connect = connectTo(() => serveInProcess(slowHost()));
  const long = withSoundRecords(...Array<string>(2000).fill(robot));

  it('is read to its end before all of it is fixed', async () => {
    const bare = recordOf(`{"type": "image_url", "image_url": "${webPicture}"}`);
    const client = await connect();
    client.open(
      uri,
      withSoundRecords(...Array<string>(300).fill(bare), ...Array<string>(900).fill(soundRecord)),
    );
    await firstDiagnostics(client);
    await client.fixAll(uri);
    assert.ok(!client.text(uri).includes(bare));
  });

  it('goes on being read when the request to check it is cancelled, which is answered at once', async () => {
    const client = await connect();
    client.open(uri, long);
    const source = new CancellationTokenSource();
    const checked = client.checkFile(uri, source.token);
    await firstDiagnostics(client);
    source.cancel();
    await assert.rejects(checked, { code: LSPErrorCodes.RequestCancelled });
    assert.equal(client.statuses.at(-1)?.state, 'checking');
    assert.equal((await client.diagnostics(uri)).length, 1000);
  });

  it('is left alone by a request whose cancellation comes with it', async () => {
    const client = await connect();
    client.open(uri, long);
    const source = new CancellationTokenSource();
    const hovered = client.hover(uri, start, source.token);
    source.cancel();
    await assert.rejects(hovered, { code: LSPErrorCodes.RequestCancelled });
  });

  it('lets a request to change all of it be cancelled', async () => {
    const client = await connect();
    client.open(uri, Array<string>(5000).fill(hinted).join('\n'));
    const source = new CancellationTokenSource();
    const found = client.setDetail({ uri, detail: 'low', scope: 'file' }, source.token);
    await firstDiagnostics(client);
    source.cancel();
    await assert.rejects(found, { code: LSPErrorCodes.RequestCancelled });
  });
});
