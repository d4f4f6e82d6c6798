import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { createContext } from '../../core/check/context.ts';
import { FileStatistics } from '../../core/check/fileStatistics.ts';
import type { Statistics } from '../../core/check/statistics.ts';
import { describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { imagePart, recordOf, soundRecord, webPicture } from '../helpers/trainingText.ts';
import { low, uri } from './records.ts';

const text = [
  soundRecord,
  soundRecord,
  '',
  recordOf(imagePart(webPicture), imagePart('data:image/png;base64,AAAA', 'high')),
  recordOf(low),
  '{"messages":',
].join('\r\n');

function onDisk(options: Parameters<typeof createContext>[0][number]): Statistics {
  const statistics = new FileStatistics(createContext([options], '2026-11-21'));
  statistics.read(Buffer.from(text));
  return statistics.finish();
}

describeServer('The numbers of a document', (connect) => {
  it('are those of the file on disk, by the settings that hold for it', async () => {
    const options = { profile: 'openai', epochs: 3 } as const;
    const client = await connect({ settings: settingsOf(options) });
    client.open(uri, text);
    assert.deepEqual(await client.statistics(uri), onDisk(options));
  });

  it('are those of the text as it is typed', async () => {
    const client = await connect();
    client.open(uri, soundRecord);
    assert.equal((await client.statistics(uri))?.records, 1);
    client.change(uri, { text });
    assert.deepEqual(await client.statistics(uri), onDisk({}));
  });

  it('are told of a file that nobody checks, and none of one that is not open', async () => {
    const client = await connect({ settings: settingsOf({ checkFiles: 'none' }) });
    client.open(uri, text);
    assert.equal((await client.statistics(uri))?.records, 5);
    assert.equal(await client.statistics('file:///other.jsonl'), null);
  });

  it('are not counted to the end for somebody who has cancelled', async () => {
    const client = await connect();
    client.open(uri, `${soundRecord}\n`.repeat(5000));
    const source = new CancellationTokenSource();
    const asked = client.statistics(uri, source.token);
    source.cancel();
    await assert.rejects(asked, /cancelled/);
  });
});
