import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeResults } from '../../client/service/decodeResults.ts';
import { readAddress } from '../../client/service/practiceProcess.ts';
import { TransferMeter } from '../../client/service/transferMeter.ts';
import { describeFound } from '../../client/service/transferWords.ts';
import { problemOfTyped, readWishes, withWish } from '../../client/service/wishes.ts';

describe('the progress of a submission', () => {
  it('counts all files together, and the speed of each by itself', () => {
    let now = 0;
    const meter = new TransferMeter(4000, () => now);
    const report = (name: string, sent: number, of: number) =>
      meter.report({ step: 'uploading', name, sent, of });
    assert.equal(report('a.jsonl', 0, 3000).increment, 0);
    now = 1000;
    assert.deepEqual(report('a.jsonl', 3000, 3000), {
      message: 'uploading a.jsonl: 3 kB of 3 kB, 3 kB/s',
      increment: 75,
    });
    assert.equal(report('b.jsonl', 1000, 1000).increment, 25);
    assert.equal(meter.report({ step: 'creating' }).increment, 0);
  });
});

describe('the wishes of a job', () => {
  const wishes = { model: 'gpt-4.1-2025-04-14' };

  it('are left to the service where nothing is typed', () => {
    assert.deepEqual(withWish({ ...wishes, epochs: 3 }, 'epochs', ' '), wishes);
    assert.deepEqual(withWish(wishes, 'epochs', '3'), { ...wishes, epochs: 3 });
  });

  it('are refused where the service would refuse them', () => {
    assert.equal(problemOfTyped('epochs', '3', 'azure'), undefined);
    assert.match(problemOfTyped('epochs', '0', 'azure') ?? '', /^Epochs is 0; expected/);
    assert.match(problemOfTyped('epochs', 'many', 'azure') ?? '', /^Epochs is NaN; expected/);
    assert.match(problemOfTyped('suffix', 'a b', 'openai') ?? '', /^The suffix is "a b"/);
  });

  it('are remembered without those that another surface does not know', () => {
    const kept = {
      model: 'gpt-4o-2024-08-06',
      epochs: 3,
      tier: 'developer',
      batchSize: 1000,
      x: 1,
    };
    assert.deepEqual(readWishes(kept, 'openai', 'openai'), {
      model: 'gpt-4o-2024-08-06',
      epochs: 3,
    });
    assert.equal(readWishes(kept, 'azure', 'azure-v1').tier, 'developer');
    assert.deepEqual(readWishes('rubbish', 'azure', 'azure-v1'), wishes);
  });
});

describe('the address of the practice service', () => {
  it('is read from its first line', () => {
    const line =
      '{"version":1,"origin":"http://127.0.0.1:4000","addresses":{"openai":"http://127.0.0.1:4000/v1","azure-v1":"http://127.0.0.1:4000/openai/v1"},"key":"practice-1"}';
    const address = readAddress(line);
    assert.equal(address?.key, 'practice-1');
    assert.deepEqual(
      address.endpoints.map(({ base, surface }) => [base.href, surface]),
      [
        ['http://127.0.0.1:4000/openai/v1/', 'azure-v1'],
        ['http://127.0.0.1:4000/v1/', 'openai'],
      ],
    );
  });

  it('is none on this machine where it is elsewhere without encryption, and none in other words', () => {
    assert.equal(
      readAddress('{"addresses":{"openai":"http://example.com/v1"},"key":"k"}'),
      undefined,
    );
    assert.equal(readAddress('listening'), undefined);
  });
});

describe('a results file', () => {
  const csv = Buffer.from('step,train_loss\n1,0.5\n');

  it('is CSV, whether it came as that or in base64', () => {
    assert.deepEqual(decodeResults(csv), csv);
    assert.deepEqual(decodeResults(Buffer.from(csv.toString('base64'))), csv);
  });

  it('is left as it is where it is neither', () => {
    const other = Buffer.from('something else');
    assert.deepEqual(decodeResults(other), other);
  });
});

describe('a job that was found', () => {
  it('is told from one that another machine created in the same moment', () => {
    const jobId = 'ftjob-a';
    assert.match(describeFound({ jobId }), /already: ftjob-a\. No other was created\./);
    const words = describeFound({ jobId, withdrawnId: 'ftjob-b\n' });
    assert.match(
      words,
      /Another machine .* ftjob-a\. The one created here, ftjob-b\\u000a, is cancelled/,
    );
  });
});
