import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { largeFile } from '../helpers/largeFile.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, soundRecord } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';
import { openByExplorer } from './openByExplorer.ts';

const records = 640;
const capital = soundRecord.replace('"user"', '"User"');
const grey = imagePart(dataUri('jpeg', makeImage('jpeg', 120, 110, { colorMode: 'grey' })), 'low');
const gif = imagePart(dataUri('gif', makeImage('gif', 120, 110)), 'low');

/** Of 58 MB. */
const text = largeFile(
  records,
  new Map([
    [5, recordOf(grey, gif)],
    [320, capital],
    [records - 1, recordOf(grey)],
  ]),
);

describe('the repair of a file of 58 MB and its images', () => {
  let editor: Editor;
  let page: FrameLocator;

  before(async () => {
    editor = await openEditor({ files: { 'large.jsonl': text } });
    page = editor.window.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  });
  after(() => editor.close());

  it('tells by kinds what would be done, and does what is chosen of it', async () => {
    await openByExplorer(editor.window, 'large.jsonl');
    const offer = { hasText: 'Training Records' };
    await editor.window.page.locator('.statusbar-item:not(.hidden)', offer).click();
    await page.locator('.summary', { hasText: '4 errors' }).waitFor();
    await page.getByRole('button', { name: 'Repair File…' }).click();
    const rows = editor.window.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const told = (await rows.allInnerTexts()).map((row) => row.replaceAll(/\s+/g, ' ').trim());
    assert.equal(told.length, 3);
    assert.equal(told[0], 'message-role1 repair Set role to user (line 321)');
    assert.match(told[1] ?? '', /^greyscale JPEG → RGB JPEG ?2 images, .*images$/);
    assert.match(told[2] ?? '', /^GIF → RGB or RGBA PNG of its first frame ?1 image, /);
    const outlook = await editor.window.page
      .locator('.quick-input-box input')
      .getAttribute('placeholder');
    assert.equal(
      outlook,
      'The file as it is stays as large.jsonl.bak · without images, left: 3 errors',
    );
    await rows.nth(2).click();
    await editor.window.page.keyboard.press('Enter');
    await editor.window.notification(
      /1 repair, left: 1 error\. 2 images repaired: .* → .*\. As it was, it is kept as large\.jsonl\.bak/,
    );
    await page.locator('.summary', { hasText: '1 error' }).waitFor();
    const written = await readFile(editor.path('large.jsonl'), 'utf8');
    assert.ok(written.includes(gif) && !written.includes(grey) && !written.includes('"User"'));
    assert.ok((await readFile(editor.path('large.jsonl.bak'), 'utf8')) === text);
  });
});
