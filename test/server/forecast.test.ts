import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { learntKey, type LearntImage } from '../../core/image/learntImages.ts';
import type { Client } from '../helpers/client.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { serveInProcess } from '../helpers/server.ts';
import { connectTo } from '../helpers/serverSuite.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';

const uri = 'file:///data/train.jsonl';
const [one, other] = [200, 300].map((width) => dataUri('png', makeImage('png', width, 100))) as [
  string,
  string,
];
const text = withSoundRecords(...[one, other].map((each) => recordOf(imagePart(each, 'low'))));

const face: LearntImage = { likelySkipped: [{ kind: 'face', confidence: 0.9 }] };
const nothing: LearntImage = { likelySkipped: [] };

/** `rule:severity` of what is about skipped images. */
async function found(client: Client): Promise<string[]> {
  const { findings = [] } = (await client.checkFile(uri)) ?? {};
  return findings
    .filter(({ rule }) => ['screening-forecast', 'skip-limit'].includes(rule))
    .map(({ rule, severity }) => `${rule}:${severity}`);
}

describe('The server, of a forecast,', () => {
  const connect = connectTo(() => serveInProcess());

  it('tells by hints, and takes them back when another forecast finds nothing', async () => {
    const client = await connect({ settings: {} });
    client.open(uri, text);
    assert.deepEqual(await found(client), []);
    client.learn([
      [learntKey(one), face],
      [learntKey(other), nothing],
    ]);
    assert.deepEqual(await found(client), ['screening-forecast:hint']);
    client.learn([[learntKey(one), nothing]]);
    assert.deepEqual(await found(client), []);
  });

  it('counts it towards the upper end of what may be skipped, as no more than advice', async () => {
    const client = await connect({ settings: { limits: { maxSkippedExamples: 1 } } });
    client.open(uri, text);
    client.learn([
      [learntKey(one), face],
      [learntKey(other), face],
    ]);
    const hint = 'screening-forecast:hint';
    assert.deepEqual((await found(client)).sort(), [hint, hint, 'skip-limit:info']);
  });
});
