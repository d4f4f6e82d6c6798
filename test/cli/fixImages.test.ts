import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, soundRecord } from '../helpers/trainingText.ts';
import { makeFolder, runCli, type CliResult } from './runCli.ts';

const grey = imagePart(dataUri('jpeg', makeImage('jpeg', 120, 110, { colorMode: 'grey' })));
const gif = imagePart(dataUri('gif', makeImage('gif', 120, 110)));
const sound = imagePart(dataUri('png', makeImage('png', 120, 110)));
const heic = imagePart(dataUri('heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1')));
const turned = imagePart(dataUri('jpeg', makeImage('jpeg', 120, 110, { orientation: 6 })));

describe('fix --images', () => {
  it('tells what is to be done, does it, and tells what came of it', async (test) => {
    const { folder, fix } = await start(test, [recordOf(grey, sound), recordOf(gif)]);
    const { status, stdout, stderr } = await fix('in.jsonl', '-o', 'out.jsonl', '--images');
    const lines = stdout.split('\n');
    assert.equal(lines[0], 'in.jsonl: 2 images to repair');
    assert.match(lines[1] ?? '', /^ {2}1 {2}greyscale JPEG → RGB JPEG, \d+ bytes$/);
    assert.match(lines[2] ?? '', /^ {2}1 {2}GIF → RGB or RGBA PNG of its first frame, [\d.]+ kB$/);
    assert.match(lines[3] ?? '', /^2 images repaired: [\d.]+ kB → [\d.]+ (bytes|kB)$/);
    assert.equal(lines[4], 'in.jsonl → out.jsonl');
    assert.deepEqual([status, stderr], [1, '']);
    const again = await fix('out.jsonl', '--dry-run', '--images');
    assert.match(again.stdout, /^out\.jsonl: no image to repair\n/);
    assert.ok((await readdir(folder)).includes('out.jsonl'));
  });

  it('replaces media type and base64, and nothing else', async (test) => {
    const parameters = grey.replace(';base64', ';charset=utf-8;base64').replaceAll('/', '\\/');
    const { folder, fix } = await start(test, [
      `  ${recordOf(parameters)} \r`,
      '{"broken',
      '',
      soundRecord,
    ]);
    await fix('in.jsonl', '-o', 'out.jsonl', '--images');
    const [before, after] = await Promise.all([
      read(folder, 'in.jsonl'),
      read(folder, 'out.jsonl'),
    ]);
    const rest = (text: string): string => text.replace(/base64,[^"]*/, '');
    assert.notEqual(before, after);
    assert.equal(rest(after), rest(before).replace('image\\/jpeg', 'image/jpeg'));
  });

  it('writes nothing in a dry run, and lists in order of lines', async (test) => {
    const { folder, fix } = await start(test, [recordOf(gif), recordOf(grey), recordOf(gif, grey)]);
    const { stdout } = await fix('in.jsonl', '--dry-run', '--images');
    const listed = [...stdout.matchAll(/^ {2}(\d) {2}.*→.* {2}(image-\S+)$/gm)].map(
      ([, ...all]) => all,
    );
    assert.deepEqual(listed, [
      ['1', 'image-format'],
      ['2', 'image-color-mode'],
      ['3', 'image-format'],
      ['3', 'image-color-mode'],
    ]);
    assert.match(stdout, /^4 images would be repaired: /m);
    assert.deepEqual(await readdir(folder), ['in.jsonl']);
  });

  it('repairs only what the rules that are named report on', async (test) => {
    const { fix } = await start(test, [recordOf(grey, gif)]);
    const { stdout } = await fix('in.jsonl', '--dry-run', '--images', '--rule', 'image-format');
    assert.match(stdout, /^in\.jsonl: 1 image to repair\n {2}1 {2}GIF →/);
  });

  it('leaves what it cannot repair as it is, and says what to do', async (test) => {
    const { folder, fix } = await start(test, [soundRecord, recordOf(heic)]);
    const { status, stderr } = await fix('in.jsonl', '-o', 'out.jsonl', '--images');
    const advice = 'HEIC cannot be converted here; export it as JPEG';
    assert.deepEqual([status, stderr], [1, `vision-finetune: in.jsonl:2: ${advice}\n`]);
    assert.equal(await read(folder, 'out.jsonl'), await read(folder, 'in.jsonl'));
  });

  it('turns images upright where that is asked for', async (test) => {
    const { fix } = await start(test, [recordOf(turned)]);
    const asked = await fix('in.jsonl', '--dry-run', '--images', '--upright');
    assert.match(asked.stdout, /1 {2}turned RGB JPEG → RGB JPEG/);
    const unasked = await fix('in.jsonl', '--dry-run', '--images');
    assert.match(unasked.stdout, /no image to repair/);
  });

  it('repairs a record that is formatted over many lines', async (test) => {
    const record = JSON.stringify(JSON.parse(recordOf(grey)), undefined, 2);
    const folder = await makeFolder(test, { 'in.json': `\uFEFF${record}\n` });
    await runCli(['fix', 'in.json', '-o', 'out.json', '--images'], { cwd: folder });
    const after = await read(folder, 'out.json');
    assert.notEqual(after, `\uFEFF${record}\n`);
    assert.equal(after.split('\n').length, record.split('\n').length + 1);
    assert.ok(after.startsWith('\uFEFF{'));
  });

  it('keeps one byte order mark before a record that is longer than what is read at once', async (test) => {
    const long = recordOf(grey).replace('Yes.', 'a'.repeat(5_000_000));
    const { folder, fix } = await start(test, [`\uFEFF${long}`, soundRecord]);
    await fix('in.jsonl', '-o', 'out.jsonl', '--images');
    const after = await read(folder, 'out.jsonl');
    assert.notEqual(after, await read(folder, 'in.jsonl'));
    assert.ok(after.length > 5_000_000);
    assert.equal(after.lastIndexOf('\uFEFF'), 0);
  });

  for (const where of [['-o', 'out.jsonl'], ['--in-place']]) {
    it(`leaves everything as it was when it is interrupted: ${where.join(' ')}`, async (test) => {
      const { folder } = await start(test, [recordOf(grey), recordOf(gif)]);
      const before = await read(folder, 'in.jsonl');
      const answers: string[] = [];
      const { status, stderr } = await runCli(['fix', 'in.jsonl', ...where, '--images'], {
        cwd: folder,
        onInterrupt: (handler) => {
          // At the next turn, when the images are on their way.
          setImmediate(() => answers.push(handler()));
          return () => undefined;
        },
      });
      const told = 'interrupted; in.jsonl is as it was, nothing is written';
      assert.deepEqual([status, stderr, answers], [2, `vision-finetune: ${told}\n`, ['wait']]);
      assert.deepEqual(await readdir(folder), ['in.jsonl']);
      assert.equal(await read(folder, 'in.jsonl'), before);
    });
  }

  it('needs --images for what only it can do', async (test) => {
    const { fix } = await start(test, [recordOf(grey)]);
    const { status, stderr } = await fix('in.jsonl', '--dry-run', '--lossless');
    assert.equal(status, 2);
    assert.match(stderr, /--lossless is for --images, which is not given/);
  });
});

async function start(test: TestContext, lines: readonly string[]) {
  const folder = await makeFolder(test, { 'in.jsonl': lines.join('\n') });
  const fix = (...args: string[]): Promise<CliResult> => runCli(['fix', ...args], { cwd: folder });
  return { folder, fix };
}

function read(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}
