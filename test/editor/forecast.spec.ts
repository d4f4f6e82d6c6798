import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { portrait, portraitFace, portraitMissing } from '../helpers/portrait.ts';
import { imagePart, recordOf, withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';

describe('the forecast of skipped images', { skip: portraitMissing }, () => {
  let editor: Editor;
  const requested = new Set<string>();

  before(async () => {
    const face = imagePart(dataUri('png', await portrait().png().toBuffer()), 'low');
    const drawing = imagePart(dataUri('png', makeImage('png', 300, 200)), 'low');
    const web = imagePart('https://pictures.example/a.png', 'low');
    const content = withSoundRecords(recordOf(drawing), recordOf(drawing, face), recordOf(web));
    editor = await openEditor({ files: { 'train.jsonl': content }, open: 'train.jsonl' });
    editor.window.page.on('request', (request) => requested.add(new URL(request.url()).hostname));
    await editor.window.languageStatus('13 records');
  });
  after(() => editor.close());

  it('of a record tells of that record alone', async () => {
    await editor.window.goTo(1, 1);
    await editor.window.runCommand('Vision Fine-Tuning: Forecast Skipped Images of This Record');
    await editor.window.notification(
      'train.jsonl: 0 of 1 image is likely to be skipped; the service decides.',
    );
  });

  it('of a file lists the images that are likely to be skipped, as hints', async () => {
    const { window } = editor;
    await window.runCommand('Notifications: Clear All Notifications');
    await window.runCommand('Vision Fine-Tuning: Forecast Skipped Images');
    const notification = window.page.locator('.notification-toast', {
      hasText:
        'train.jsonl: 1 of 4 images is likely to be skipped (faces 1), 1 on the web was not looked at; the service decides.',
    });
    await notification.waitFor();
    await notification.getByRole('button', { name: 'Show Findings' }).click();
    const line = window.page.locator('.view-line', { hasText: 'screening-forecast' });
    await line.first().waitFor();
    assert.match(
      await line.first().innerText(),
      /2:\d+\s+hint\s+Image\s+is\s+likely\s+to\s+be\s+skipped/,
    );
  });

  it('is drawn on the picture in the preview, and read out there', async () => {
    const { window } = editor;
    await window.openFile(editor.path('train.jsonl'));
    await window.goTo(2, 1);
    await window.runCommand('Vision Fine-Tuning: Preview Record');
    const preview = window.page.frameLocator('iframe.webview').frameLocator('#active-frame');
    const box = preview.locator('.box');
    await box.waitFor();
    assert.match(await box.innerText(), /^face 9\d %$/);
    const image = preview.locator('.picture').nth(1).locator('img');
    const [inner, outer] = [await box.boundingBox(), await image.boundingBox()];
    assert.ok(inner && outer);
    const scale = outer.width / 215;
    const { x, y } = portraitFace;
    assert.ok(Math.abs((inner.x - outer.x) / scale - x) < 12, JSON.stringify(inner));
    assert.ok(Math.abs((inner.y - outer.y) / scale - y) < 12, JSON.stringify(inner));
    await preview
      .getByRole('button', { name: /face 9\d %/ })
      .first()
      .waitFor();
    await preview.locator('.findings .hint', { hasText: 'likely to be skipped' }).waitFor();
  });

  it('asks nothing of any other machine', () => {
    const hosts = [...requested].filter((host) => host.endsWith('.example'));
    assert.deepEqual(hosts, []);
  });
});
