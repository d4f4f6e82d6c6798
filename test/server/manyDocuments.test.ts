import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Client } from '../helpers/client.ts';
import { serveInProcess, slowHost } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { robot } from './records.ts';

const uriOf = (index: number): string => `file:///${index}.jsonl`;

/** As many faults as its number says, then sound records. */
function textOf(faults: number, records: number): string {
  const sound = Array.from({ length: records }, (_, at) => soundRecord.replace('Hi', `Hi ${at}`));
  return [...Array<string>(faults).fill(robot), ...sound].join('\n');
}

describe('Many documents at once', () => {
  const connect = connectTo(() => serveInProcess(slowHost()));

  it('have their own findings each when twenty are opened, and edited, in turn', async () => {
    const client = await connect();
    const files = Array.from({ length: 20 }, (_, index) => index);
    for (const index of files) client.open(uriOf(index), textOf(index % 5, 500));
    for (const index of files) client.change(uriOf(index), firstLine(robot));
    for (const index of files) {
      const expected = Array.from({ length: (index % 5) + 1 }, (_, at) => `message-role:${at + 1}`);
      assert.deepEqual(await faultsOf(client, uriOf(index)), expected, uriOf(index));
    }
    for (const index of files.slice(1)) client.close(uriOf(index));
    client.change(uriOf(0), { range: lines(0, 1), text: '' });
    assert.deepEqual(await faultsOf(client, uriOf(0)), []);
  });

  it('do not wait for the largest: a small one is done long before it', async () => {
    const client = await connect();
    client.open(uriOf(0), textOf(1, 20_000));
    client.open(uriOf(1), withSoundRecords(robot));
    const stateOf = (uri: string): string | undefined =>
      client.statuses.findLast((status) => status.uri === uri)?.state;
    await client.until(() => stateOf(uriOf(1)) === 'checked', 'the small document');
    assert.equal(stateOf(uriOf(0)), 'checking');
    assert.deepEqual(await faultsOf(client, uriOf(1)), ['message-role:1']);
    assert.deepEqual(await faultsOf(client, uriOf(0)), ['message-role:1']);
  });
});

/** Rule and line of what is found besides duplicates. */
async function faultsOf(client: Client, uri: string): Promise<string[]> {
  return (await client.codes(uri)).filter((code) => code.startsWith('message-role'));
}

function firstLine(text: string) {
  return { range: lines(0, 0), text: `${text}\n` };
}

function lines(start: number, end: number) {
  return { start: { line: start, character: 0 }, end: { line: end, character: 0 } };
}
