import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { checkBytes, makeFolder, places, runCli } from './runCli.ts';

const picture = makeImage('png', 200, 150);

/** Whole by its header and its end, broken between. */
function damaged(): string {
  const bytes = Buffer.from(picture);
  bytes.fill(0x55, 60, 70);
  return imagePart(dataUri('png', bytes), 'low');
}

function bomb(): string {
  const bytes = makeImage('webp', 16_000, 16_000);
  return imagePart(dataUri('webp', bytes), 'low');
}

const sound = imagePart(dataUri('png', picture), 'low');

async function check(test: TestContext, records: readonly string[], ...args: string[]) {
  const report = await checkBytes(test, withSoundRecords(...records), { args });
  return places(report).filter((place) => place.startsWith('image-corrupt'));
}

describe('check --deep', () => {
  it('finds the damage that a header does not show, wherever the picture stands', async (test) => {
    const records = [recordOf(sound), recordOf(sound, damaged()), recordOf(damaged())];
    assert.deepEqual(await check(test, records), []);
    const found = await check(test, records, '--deep');
    assert.deepEqual(
      found.map((place) => place.replace(/:.*/, '')),
      ['image-corrupt 2', 'image-corrupt 3'],
    );
  });

  it('gives a hint of what is too large to be decoded, and goes on', async (test) => {
    const content = withSoundRecords(recordOf(bomb()), recordOf(damaged()));
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    const { stdout, stderr } = await runCli(['check', 'train.jsonl', '--deep'], { cwd });
    const refusal = '16000×16000 pixels are more than the 100 million that are decoded';
    assert.ok(stdout.includes(`Image was not decoded: ${refusal}; whether it is whole`));
    assert.match(stdout, /1:\d+ +hint +Image was not decoded/);
    assert.match(stdout, /2:\d+ +error +Image does not decode/);
    assert.equal(stderr, '');
  });

  it('warns of a check sum that decoders disagree about', async (test) => {
    const bytes = Buffer.from(makeImage('png', 200, 150, { orientation: 6 }));
    const type = bytes.indexOf('eXIf');
    const checkSum = type + 4 + bytes.readUInt32BE(type - 4);
    bytes.writeUInt32BE(0, checkSum);
    const records = [recordOf(imagePart(dataUri('png', bytes), 'low'))];
    const report = await checkBytes(test, withSoundRecords(...records), { args: ['--deep'] });
    assert.deepEqual(
      report.findings
        .filter(({ rule }) => rule === 'image-corrupt')
        .map(({ severity, message }) => `${severity} ${message}`),
      [
        'warning Image is refused by some decoders: the check sum of its eXIf chunk is wrong; the service may skip this example.',
      ],
    );
  });

  it('needs a file that can be read twice', async () => {
    const { status, stderr } = await runCli(['check', '-', '--deep']);
    assert.equal(status, 2);
    assert.match(stderr, /--deep reads a file twice/);
  });
});
