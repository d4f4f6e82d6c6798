import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { serveInProcess, testHost } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { uri } from './records.ts';

describe('A check that throws', () => {
  let isBroken = true;
  const connect = connectTo(() => {
    isBroken = true;
    return serveInProcess({
      ...testHost,
      // However busy the machine is, the whole file is one slice of work.
      now: () => 0,
      // Asked for with each finding that is shown.
      rulePage: () => {
        if (isBroken) throw new Error('no page');
        return undefined;
      },
    });
  });

  it('is logged and told of, and does not pass for one that goes on', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords('{'));
    const { state, counts, records } = await client.status(uri);
    assert.deepEqual([state, records], ['failed', 11]);
    assert.deepEqual(counts, { error: 0, warning: 0, info: 0, hint: 0 });
    assert.match(client.logs[0] ?? '', /^Check of file:\/\/\/train\.jsonl failed: Error: no page/);
    assert.deepEqual(client.publications.at(-1)?.diagnostics, []);
  });

  it('takes the findings of the text before away, and gives way to the next check', async () => {
    const client = await connect();
    isBroken = false;
    client.open(uri, withSoundRecords('{'));
    assert.deepEqual(await client.codes(uri), ['json-syntax:1']);
    isBroken = true;
    client.replace(uri, '{\n', '[\n');
    assert.deepEqual(await client.codes(uri), []);
    assert.equal((await client.status(uri)).state, 'failed');
    isBroken = false;
    client.replace(uri, '[\n', `${soundRecord}\n{\n`);
    assert.deepEqual(await client.codes(uri), ['json-syntax:2']);
    assert.equal((await client.status(uri)).state, 'checked');
  });

  it('of one file leaves the others alone', async () => {
    const client = await connect();
    const other = 'file:///other.jsonl';
    client.open(uri, withSoundRecords('{'));
    client.open(other, withSoundRecords());
    assert.deepEqual(await client.codes(other), []);
    assert.equal((await client.status(other)).state, 'checked');
    assert.equal((await client.status(uri)).state, 'failed');
  });
});
