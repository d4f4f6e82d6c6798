import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ScreeningHint } from '../../core/image/learntImages.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { makeFolder, places, runCli, type CliOptions, type Report } from './runCli.ts';

const face: ScreeningHint = {
  kind: 'face',
  confidence: 0.93,
  box: { x: 10, y: 20, width: 30, height: 30 },
};

/** Every picture has a width of its own, by which the stand-in for the detector knows it. */
function picture(width: number): string {
  return imagePart(dataUri('png', makeImage('png', width, 100)), 'low');
}

/** Sees a face in pictures of this width. */
function seesFaceAt(width: number): NonNullable<CliOptions['screen']> {
  return (bytes) => Promise.resolve(Buffer.from(bytes).readUInt32BE(16) === width ? [face] : []);
}

async function forecast(
  test: TestContext,
  records: readonly string[],
  { args = [], ...options }: CliOptions & { readonly args?: readonly string[] } = {},
) {
  const cwd = await makeFolder(test, { 'train.jsonl': withSoundRecords(...records) });
  const { stdout, stderr, status } = await runCli(
    ['check', 'train.jsonl', '--forecast', '--format', 'json', ...args],
    { cwd, screen: seesFaceAt(-1), ...options },
  );
  const [file] = (JSON.parse(stdout) as Report).files;
  const findings = file?.findings.filter(({ rule }) => rule === 'screening-forecast') ?? [];
  const found = file ? places({ ...file, findings }) : [];
  return { found, findings, stderr: stderr.replaceAll('vision-finetune: ', ''), status };
}

describe('check --forecast', () => {
  it('tells of each image with a face, and how many there are', async (test) => {
    const records = [
      recordOf(picture(200)),
      recordOf(picture(300), picture(201)),
      recordOf(picture(300)),
    ];
    const { found, findings, stderr, status } = await forecast(test, records, {
      screen: seesFaceAt(300),
    });
    assert.deepEqual(
      found.map((place) => place.replace(/:.*/, '')),
      ['screening-forecast 2', 'screening-forecast 3'],
    );
    assert.match(findings[0]?.message ?? '', /likely to be skipped.*confidence 0\.93/);
    assert.equal(findings[0]?.severity, 'hint');
    assert.equal(
      stderr,
      'train.jsonl: 2 of 4 images are likely to be skipped (faces 2); the service decides\n',
    );
    assert.equal(status, 0);
  });

  it('looks at a picture once, however often it stands in the file', async (test) => {
    let looks = 0;
    const screen = (): Promise<readonly ScreeningHint[]> => {
      looks++;
      return Promise.resolve([face]);
    };
    const cwd = await makeFolder(test, {
      'train.jsonl': [picture(200), picture(200), picture(200)]
        .map((each) => recordOf(each))
        .join('\n'),
    });
    const { stderr } = await runCli(['check', 'train.jsonl', '--forecast'], { cwd, screen });
    assert.equal(looks, 1);
    assert.match(stderr, /3 of 3 images are likely to be skipped \(faces 3\)/);
  });

  it('takes an address for what it says, fetches nothing, and tells what it did not look at', async (test) => {
    const web = (path: string): string => imagePart(`https://img.example/${path}`, 'low');
    const { found, stderr } = await forecast(test, [
      recordOf(web('captcha/1.png'), web('photo.jpg')),
    ]);
    assert.equal(found.length, 1);
    assert.equal(
      stderr,
      'train.jsonl: 1 of 2 images is likely to be skipped (CAPTCHA 1), 1 on the web was not looked at; the service decides\n',
    );
  });

  it('names what cannot be looked at, and goes on', async (test) => {
    const { found, stderr } = await forecast(
      test,
      [recordOf(picture(200)), recordOf(picture(300))],
      {
        screen: (bytes) =>
          Buffer.from(bytes).readUInt32BE(16) === 200
            ? Promise.reject(new ImagingError('its data is damaged'))
            : seesFaceAt(300)(bytes),
      },
    );
    assert.equal(found.length, 1);
    assert.match(stderr, /^train\.jsonl: 1 image not looked at: its data is damaged\n/);
  });

  it('says nothing but findings where it is to be quiet', async (test) => {
    const { stderr } = await forecast(test, [recordOf(picture(300))], {
      args: ['--quiet'],
      screen: seesFaceAt(300),
    });
    assert.equal(stderr, '');
  });

  it('looks at real pixels', async (test) => {
    const content = recordOf(picture(200));
    const cwd = await makeFolder(test, { 'train.jsonl': content });
    const { stderr } = await runCli(['check', 'train.jsonl', '--forecast'], { cwd });
    assert.match(stderr, /train\.jsonl: 0 of 1 image is likely to be skipped; the service decides/);
  });

  it('needs a file that can be read twice', async () => {
    const { status, stderr } = await runCli(['check', '-', '--forecast']);
    assert.equal(status, 2);
    assert.match(stderr, /--forecast reads a file twice/);
  });
});
