import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { until } from '../../scripts/editor/until.ts';
import { bytesSource } from '../../core/image/byteSource.ts';
import { decodeDataUri, parseDataUri } from '../../core/image/dataUri.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';

const repairFile = 'Vision Fine-Tuning: Repair Images…';

const grey = dataUri('jpeg', makeImage('jpeg', 600, 400, { colorMode: 'grey' }));
const gif = dataUri('png', makeImage('gif', 600, 400));
const turned = dataUri('jpeg', makeImage('jpeg', 600, 400, { orientation: 6 }));
const heic = dataUri('jpeg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1'));
const sound = dataUri('png', makeImage('png', 600, 400));

/** What a file holds behind its first lines is no part of any repair. */
const oneText = withSoundRecords(recordOf(imagePart(sound, 'low'), imagePart(grey, 'low')));
const manyText = withSoundRecords(
  recordOf(imagePart(grey, 'low'), imagePart(sound, 'low')),
  recordOf(imagePart(gif, 'low')),
  recordOf(imagePart(heic, 'low'), imagePart(turned, 'low')),
);

/** Each takes a third of a second on a machine with nothing else to do: there is time to change one's mind. */
const slow = dataUri('png', makeImage('png', 9000, 9000, { colorMode: 'grey' }));
const slowText = withSoundRecords(
  ...Array.from({ length: 60 }, () => recordOf(imagePart(slow, 'low'))),
);

/** One picture stands there twice. */
const extractedText = withSoundRecords(
  recordOf(imagePart(sound, 'low'), imagePart(dataUri('gif', makeImage('gif', 60, 40)))),
  recordOf(imagePart(sound)),
);

/** What its detail costs is a hint, and stands before what is an error. */
const hintFirst = JSON.stringify({ type: 'image_url', image_url: { detail: 'high', url: grey } });
const hintFirstText = withSoundRecords(recordOf(imagePart(sound, 'low'), hintFirst));

const intranetText = withSoundRecords(recordOf(imagePart('https://10.0.0.1/a.png', 'low')));

describe('the repair of images', () => {
  let editor: Editor;

  before(async () => {
    editor = await openEditor({
      files: {
        'one.jsonl': oneText,
        'many.jsonl': manyText,
        'cancelled.jsonl': slowText,
        'changed.jsonl': slowText,
        'extracted.jsonl': extractedText,
        'intranet.jsonl': intranetText,
        'hint-first.jsonl': hintFirstText,
      },
      open: 'one.jsonl',
      settings: { 'workbench.editorLargeFileConfirmation': 100 },
    });
  });
  after(() => editor.close());

  it('of one, through the light bulb, changes its bytes and nothing else, and is undone and redone in a step', async () => {
    const { window } = editor;
    await show('one.jsonl', oneText.lastIndexOf('data:', oneText.indexOf('\n')));
    await window.quickFix('Repair: greyscale JPEG → RGB JPEG');
    await window.page.locator('.statusbar-item', { hasText: '1 image repaired: ' }).waitFor();
    const repaired = await saved('one.jsonl');
    assert.notEqual(repaired, oneText);
    const [kept, [before, after]] = parts(oneText, repaired);
    assert.ok(kept);
    assert.equal(before, grey);
    assert.deepEqual(summary(after), { format: 'jpeg', width: 600, height: 400, colorMode: 'rgb' });
    await window.runCommand('Undo');
    assert.equal(await saved('one.jsonl'), oneText);
    await window.runCommand('Redo');
    assert.equal(await saved('one.jsonl'), repaired);
  });

  it('is offered by the hover of a picture, at the gravest of what was found in it', async () => {
    const { window } = editor;
    await show('hint-first.jsonl', hintFirstText.indexOf(hintFirst));
    const hover = await window.showHover('Repair…');
    await hover.getByRole('link', { name: 'Repair…' }).last().click();
    const titles = window.page.locator('.action-widget .monaco-list-row.action .title');
    await titles.getByText('Repair: greyscale JPEG → RGB JPEG').waitFor();
    const column = hintFirstText.indexOf(JSON.stringify(grey)) + 1;
    await window.page.locator('.statusbar-item', { hasText: `Ln 1, Col ${column}` }).waitFor();
    await window.page.keyboard.press('Escape');
  });

  it('of a file tells first what will be done, and then what was done and what could not be', async () => {
    const { window } = editor;
    await show('many.jsonl', 0);
    await window.runCommand(repairFile);
    await window.pick('All images of this file');
    const box = await summaryBox();
    const rows = box.locator('.monaco-list-row');
    assert.deepEqual(await rows.locator('.label-name').allInnerTexts(), [
      'greyscale JPEG → RGB JPEG',
      'GIF → RGB or RGBA PNG of its first frame',
      'Turn upright, and take EXIF data out',
    ]);
    const hint = (await box.locator('input.input').getAttribute('placeholder')) ?? '';
    assert.match(hint, /^2 images to repair, [\d.]+ kB now; 1 more cannot be repaired here$/);
    await rows.last().locator('.monaco-checkbox, input[type=checkbox]').first().click();
    await box.getByRole('button', { name: 'OK' }).click();
    const told = await window.notification(
      /3 images repaired: .* → .*\. 1 could not be repaired\./,
    );
    await told.getByRole('button', { name: 'Show Details' }).click();
    await window.text.filter({ hasText: 'HEIC cannot be converted here' }).first().waitFor();
    const details = (await window.text.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    assert.match(details, /^1:1 +image 1 +greyscale JPEG → RGB JPEG, /m);
    assert.match(details, /^3:1 +image 1 +not repaired: HEIC cannot be converted here;/m);
    await window.openFile(editor.path('many.jsonl'));
    const text = await saved('many.jsonl');
    const uris = dataUrisOf(text);
    assert.deepEqual(
      [uris[0], uris[2], uris[4]].map((uri) => summary(uri ?? '')),
      [
        { format: 'jpeg', width: 600, height: 400, colorMode: 'rgb' },
        { format: 'png', width: 600, height: 400, colorMode: 'rgb' },
        { format: 'jpeg', width: 400, height: 600, colorMode: 'rgb' },
      ],
    );
    assert.deepEqual([uris[1], uris[3]], [sound, heic]);
    assert.ok(uris[2]?.startsWith('data:image/png;base64,'));
    await window.runCommand('Undo');
    assert.equal(await saved('many.jsonl'), manyText);
  });

  it('that is cancelled leaves the file as it was', async () => {
    const { window } = editor;
    const progress = await startSlow('cancelled.jsonl');
    // It moves while it is told how far the work is.
    await progress.getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
    await window.page.locator('.statusbar-item', { hasText: 'no image was repaired' }).waitFor();
    assert.equal(await textOf('cancelled.jsonl'), slowText);
    assert.equal(await window.page.locator('.tab.active.dirty').count(), 0);
  });

  it('ends when its file is changed meanwhile, and changes nothing', async () => {
    const { window } = editor;
    await startSlow('changed.jsonl');
    // Without a detour, for the repair goes on.
    await window.page.keyboard.press('ControlOrMeta+1');
    await window.type(' ');
    await window.notification('The file has changed meanwhile, so nothing was repaired.');
    assert.equal(await saved('changed.jsonl'), ` ${slowText}`);
  });

  it('takes pictures out into files, one for the same bytes, and puts them back from there', async () => {
    const { window } = editor;
    await show('extracted.jsonl', 0);
    await window.runCommand('Vision Fine-Tuning: Extract Images to a Folder…');
    await window.pick('All images of this file');
    await answer(/^https:\/\/example\.com\/images\/$/);
    await answer(/^\/.*\/$/);
    await window.notification('3 images extracted, ');
    const base = 'https://example.com/images/extracted-record1-image';
    const extracted = await saved('extracted.jsonl');
    assert.deepEqual(extracted.match(/https:[^"]*/g), [
      `${base}1.png`,
      `${base}2.gif`,
      `${base}1.png`,
    ]);
    assert.deepEqual(dataUrisOf(extracted), []);
    const png = await readFile(editor.path('extracted-record1-image1.png'));
    assert.equal(dataUri('png', png), sound);
    await window.runCommand('Vision Fine-Tuning: Embed Images From a Folder…');
    await answer(/^\/.*\/$/);
    await window.pick('All images of this file');
    await window.notification('3 images embedded, ');
    assert.equal(await saved('extracted.jsonl'), extractedText);
    await window.runCommand('Undo');
    assert.equal(await saved('extracted.jsonl'), extracted);
  });

  it('leaves an address that nobody on the internet may ask as it is, and says why', async () => {
    const { window } = editor;
    await show('intranet.jsonl', 0);
    await window.runCommand('Vision Fine-Tuning: Embed Images From the Web…');
    const told = await window.notification('No image embedded. 1 left as it is.');
    await told.getByRole('button', { name: 'Show Details' }).click();
    await window.text.filter({ hasText: 'left as it is: its host is' }).first().waitFor();
    assert.equal(await textOf('intranet.jsonl'), intranetText);
  });

  /** Takes what a question suggests. */
  async function answer(suggestion: RegExp): Promise<void> {
    const { page } = editor.window;
    const input = page.locator('.quick-input-widget input.input');
    await until('a suggestion', async () => {
      const value = await input.inputValue().catch(() => '');
      return suggestion.test(value) || undefined;
    });
    await page.keyboard.press('Enter');
  }

  async function startSlow(name: string): Promise<Locator> {
    const { window } = editor;
    await show(name, 0);
    await window.runCommand(repairFile);
    await window.pick('All images of this file');
    await summaryBox();
    await window.page.keyboard.press('Enter');
    return window.notification(`Repairing images of ${name}`);
  }

  /** What will be done, to choose from. */
  async function summaryBox(): Promise<Locator> {
    const box = editor.window.page.locator('.quick-input-widget');
    await box.locator('.quick-input-title', { hasText: /^Repair Images$/ }).waitFor();
    return box;
  }

  /** Opens a file once it has been checked, with the cursor at an offset of its first line. */
  async function show(name: string, offset: number): Promise<void> {
    const { window } = editor;
    await window.openFile(editor.path(name));
    await window.languageStatus('error');
    await window.goTo(1, offset + 1);
  }

  async function saved(name: string): Promise<string> {
    await editor.window.save();
    return textOf(name);
  }

  function textOf(name: string): Promise<string> {
    return readFile(editor.path(name), 'utf8');
  }
});

function dataUrisOf(text: string): string[] {
  return text.match(/data:[^"]*/g) ?? [];
}

/** Whether two texts differ in one data URI only, and how. */
function parts(before: string, after: string): [isOne: boolean, [before: string, after: string]] {
  const [old, young] = [dataUrisOf(before), dataUrisOf(after)];
  const different = old.findIndex((uri, index) => uri !== young[index]);
  const [was = '', is = ''] = [old[different], young[different]];
  return [before.replace(was, is) === after, [was, is]];
}

function summary(uri: string): unknown {
  const parsed = parseDataUri(uri);
  assert.ok(parsed);
  const { format, width, height, colorMode } = identifyImage(
    bytesSource(decodeDataUri(uri, parsed)),
  );
  return { format, width, height, colorMode };
}
