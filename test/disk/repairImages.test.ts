import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import type { Extra, RepairChoice } from '../../core/image/repairOffer.ts';
import { DiskFile } from '../../disk/diskFile.ts';
import type { RepairReport } from '../../disk/protocol.ts';
import { repairFile } from '../../disk/repairFile.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { imagePart, recordOf, soundRecord, withSoundRecords } from '../helpers/trainingText.ts';

const script = join(import.meta.dirname, '..', '..', 'disk', 'main.ts');

const grey = imagePart(dataUri('jpeg', makeImage('jpeg', 120, 110, { colorMode: 'grey' })));
const gif = imagePart(dataUri('gif', makeImage('gif', 120, 110)));
const heic = imagePart(dataUri('heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1')));
const turned = imagePart(dataUri('jpeg', makeImage('jpeg', 120, 110, { orientation: 6 })));
const capital = soundRecord.replace('"user"', '"User"');

const toRgb = 'greyscale JPEG → RGB JPEG';

describe('the repair of images in a file on disk', () => {
  let folder = '';
  let file: DiskFile;
  const path = (name = 'train.jsonl'): string => join(folder, name);
  const read = (name?: string): Promise<string> => readFile(path(name), 'utf8');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-images-'));
    file = new DiskFile({ script, path: path() });
  });
  afterEach(async () => {
    file.dispose();
    await rm(folder, { recursive: true });
  });

  async function openChecked(...lines: readonly string[]): Promise<string> {
    const text = withSoundRecords(...lines);
    await writeFile(path(), text);
    const wishes = { settings: settingsOf(), learnt: [], isAskedFor: true, maxFindings: 10 };
    await file.ask('check', wishes);
    return text;
  }

  const dryRun = (): Promise<RepairReport> => file.ask('repair', { kind: 'dryRun' });

  async function write(images: RepairChoice, ...rules: string[]): Promise<RepairReport> {
    const { stamp } = await dryRun();
    return file.ask('repair', { kind: 'write', stamp, rules, images });
  }

  it('tells beside the other repairs what can be done, and writes nothing', async () => {
    const text = await openChecked(recordOf(grey, gif), capital, recordOf(grey, heic, turned));
    const { kinds, offer } = await dryRun();
    assert.deepEqual(
      kinds.map(({ rule }) => rule),
      ['message-role'],
    );
    assert.deepEqual(
      offer?.groups.map(({ words, count }) => [words, count]),
      [
        [toRgb, 2],
        ['GIF → RGB or RGBA PNG of its first frame', 1],
      ],
    );
    assert.deepEqual([...offer.extras], [['turnsUpright', 1]]);
    assert.equal(offer.refused, 1);
    assert.deepEqual([await read(), await readdir(folder)], [text, ['train.jsonl']]);
  });

  it('repairs the images that were chosen, and what else was, and keeps the file as it was', async () => {
    const text = await openChecked(recordOf(grey, gif), capital, recordOf(grey));
    const { kinds, images } = await write(choice([toRgb]), 'message-role');
    assert.deepEqual([kinds.length, images?.count, images?.failed], [1, 2, 0]);
    assert.ok(images && images.bytesBefore > 0 && images.bytesAfter > 0);
    const [first, second, third, ...others] = (await read()).split('\n');
    assert.ok(first?.includes(gif) && !first.includes(grey));
    assert.equal(second, soundRecord);
    assert.ok(!third?.includes(grey));
    assert.deepEqual(others, text.split('\n').slice(3));
    assert.equal(await read('train.jsonl.bak'), text);
    await rm(path('train.jsonl.bak'));
    const left = await dryRun();
    assert.deepEqual(
      left.offer?.groups.map(({ count }) => count),
      [1],
    );
  });

  it('turns images upright where that is chosen', async () => {
    await openChecked(recordOf(turned, grey));
    const { images } = await write(choice([], 'turnsUpright'));
    assert.equal(images?.count, 1);
    const text = await read();
    assert.ok(text.includes(grey) && !text.includes(turned));
  });

  it('repairs an image in a record that had to be repaired itself', async () => {
    await openChecked(recordOf(grey).replace(/}$/, ',}'));
    assert.equal((await dryRun()).offer?.groups[0]?.count, 1);
    const { images, left } = await write(choice([toRgb]), 'json-syntax');
    assert.deepEqual([images?.count, left.error], [1, 0]);
  });

  it('counts what could not be decoded, and leaves it as it is', async () => {
    const bytes = Buffer.from(makeImage('gif', 120, 110));
    bytes.fill(0xff, 800, bytes.length - 1);
    const damaged = imagePart(dataUri('gif', bytes));
    await openChecked(recordOf(damaged), recordOf(gif));
    const words = (await dryRun()).offer?.groups.map((group) => group.words) ?? [];
    const { images } = await write(choice(words));
    assert.deepEqual([images?.count, images?.failed], [1, 1]);
    assert.ok((await read()).includes(damaged));
  });

  it('tells how many images are repaired, and can be cancelled in between', async () => {
    const text = await openChecked(recordOf(grey), recordOf(grey), recordOf(grey));
    const { stamp } = await dryRun();
    const context = createContext([], '2026-11-21');
    const wishes = { kind: 'write', stamp, rules: [], images: choice([toRgb]) } as const;
    const repairing = repairFile(path(), context, wishes, {
      onRepaired: ({ images }) => {
        if (images === 1) throw new Error('enough');
      },
    });
    await assert.rejects(repairing, new Error('enough'));
    assert.deepEqual([await read(), await readdir(folder)], [text, ['train.jsonl']]);
  });

  it('can be cancelled in the midst of an image', async () => {
    const text = await openChecked(recordOf(grey));
    const { stamp } = await dryRun();
    const context = createContext([], '2026-11-21');
    const wishes = { kind: 'write', stamp, rules: [], images: choice([toRgb]) } as const;
    const cancel = new AbortController();
    const repairing = repairFile(path(), context, wishes, {
      // Before the image process has even started.
      onRepaired: () => setImmediate(() => cancel.abort(new Error('enough'))),
      signal: cancel.signal,
    });
    await assert.rejects(repairing, new Error('enough'));
    assert.deepEqual([await read(), await readdir(folder)], [text, ['train.jsonl']]);
  });
});

function choice(words: readonly string[], ...extras: readonly Extra[]): RepairChoice {
  return { words: new Set(words), extras: new Set(extras) };
}
