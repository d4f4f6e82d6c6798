import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { until } from '../../scripts/editor/until.ts';
import { imagePart, recordOf, webPicture, withSoundRecords } from '../helpers/trainingText.ts';
import { extensionOn } from './calendar.ts';
import { openEditor, type Editor } from './editor.ts';

const pictured = recordOf(imagePart(webPicture, 'low'));

describe('a file of eleven records, of which the first has an image,', () => {
  let editor: Editor;
  let extension: string;
  before(async () => {
    extension = await extensionOn('2026-10-08');
    editor = await openEditor({
      files: { 'train.jsonl': withSoundRecords(pictured) },
      open: 'train.jsonl',
      settings: { 'visionFinetune.profile': 'openai' },
      extension,
    });
  });
  after(async () => {
    await editor.close();
    await rm(extension, { recursive: true, force: true });
  });

  it('has said in the language status, from 90 days before, what is about to end and who says so', async () => {
    const status = await editor.window.languageStatus('no fine-tuning jobs');
    const notice = status.find((item) => item.includes('no fine-tuning jobs'));
    assert.match(
      notice ?? '',
      /^From 2027-01-06: OpenAI takes no fine-tuning jobs any more OpenAI, "Deprecations"/,
    );
  });

  it('has said there what the record at the cursor holds and costs', async () => {
    const { window } = editor;
    await window.goTo(1, 1);
    const [withImage] = await recordStatus('This record: 1 image ');
    assert.match(
      withImage ?? '',
      /^This record: 1 image · about 98 tokens Edit as Formatted JSON$/,
    );
    await window.goTo(2, 1);
    const [without] = await recordStatus('This record: 0 images');
    assert.match(
      without ?? '',
      /^This record: 0 images · about 1\d tokens Edit as Formatted JSON$/,
    );
  });

  it('is gone through by number, and a number that there is not is refused with what there is', async () => {
    const { window } = editor;
    await window.goTo(3, 1);
    await window.runCommand('Vision Fine-Tuning: Go to Record…');
    const input = window.page.locator('.quick-input-widget input.input');
    const said = window.page.locator('.quick-input-message');
    const refusal = said.filter({ hasText: /^A number from 1 to 11$/ });
    await until('the number of the record', async () =>
      (await input.inputValue()) === '3' ? true : undefined,
    );
    for (const wrong of ['0', '12', '1.5', '-1', 'ten', '']) {
      await input.fill(wrong);
      await refusal.waitFor();
      await window.page.keyboard.press('Enter');
      assert.ok(await input.isVisible(), `${wrong} is not taken`);
    }
    await input.fill(' 1,1 ');
    await window.page.keyboard.press('Enter');
    await window.page.locator('.statusbar-item', { hasText: 'Ln 11, Col 1' }).waitFor();
  });

  async function recordStatus(text: string): Promise<string[]> {
    const status = await editor.window.languageStatus(text);
    return status.filter((item) => item.startsWith('This record'));
  }
});
