import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';

const submit = 'Vision Fine-Tuning: Submit Fine-Tuning Job…';

/** A job of the practice service takes half a minute, and is looked at every few seconds. */
const jobLimitMs = 90_000;

describe('a file that is submitted to the practice service', () => {
  let editor: Editor;
  before(async () => {
    const files = { 'train.jsonl': withSoundRecords(), 'val.jsonl': withSoundRecords() };
    editor = await openEditor({ files, open: 'train.jsonl', look: { height: 900 } });
  });
  after(() => editor.close());

  it('is described in one question before anything is sent', async () => {
    const { window } = editor;
    await window.languageStatus('10 records');
    await window.runCommand(submit);
    await pick(editor, 'Try With the Practice Service');
    await pick(editor, 'gpt-4.1-2025-04-14');
    await pick(editor, 'val.jsonl');
    await pick(editor, 'Check the Files and Go On');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = await dialog.innerText();
    assert.match(text, /Submit train\.jsonl\?/);
    assert.match(text, /To: http:\/\/127\.0\.0\.1:\d+, which trains nothing and costs nothing/);
    assert.match(text, /Training: train\.jsonl, .*, 10 records, .*SHA-256 [0-9a-f]{16}…/);
    await dialog.getByRole('button', { name: 'Submit' }).click();
  });

  it('becomes a job that the view follows to its end', async () => {
    const row = jobRow(editor, 'train.jsonl');
    await row.waitFor({ timeout: 30_000 });
    await row.filter({ hasText: 'running' }).waitFor({ timeout: jobLimitMs });
    await row.filter({ hasText: 'succeeded' }).waitFor({ timeout: jobLimitMs });
    const toast = await editor.window.notification('The job of train.jsonl has succeeded.');
    await toast.getByRole('button', { name: 'Copy Model Name' }).waitFor();
  });
});

/** Chooses the row with this text, once it is there. */
async function pick({ window }: Editor, text: string): Promise<void> {
  const rows = window.page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: text }).first().click();
}

function jobRow({ window }: Editor, name: string): Locator {
  return window.page.locator('.pane-body .monaco-list-row[role=treeitem]', { hasText: name });
}
