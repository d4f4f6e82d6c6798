import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { readText } from '../helpers/repository.ts';
import { openEditor, type Editor } from './editor.ts';

const sample = readText('samples/clean.jsonl');

describe('a clean file', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor({ open: 'clean.jsonl' });
  });
  after(() => editor.close());

  it('is counted in the language status, with the limits that hold', async () => {
    const status = await editor.window.languageStatus('no problems');
    assert.ok(
      status.includes('17 records · 18 images · no problems Check File'),
      status.join('\n'),
    );
    assert.ok(
      status.some((item) => item.startsWith('Azure OpenAI · gpt-4.1-2025-04-14 limits of 20')),
    );
  });

  it('has no problem, and no squiggle', async () => {
    assert.deepEqual(await editor.window.problems(0), []);
    assert.equal(await editor.window.page.locator('[class*=squiggly]').count(), 0);
  });

  it('says so when it is checked by command', async () => {
    await editor.window.runCommand('Vision Fine-Tuning: Check File');
    await editor.window.notification('clean.jsonl: 17 records · 18 images · no problems');
  });

  it('has the detail of all its images set by command, which one undo takes back', async () => {
    const { window } = editor;
    await window.runCommand('Vision Fine-Tuning: Set Image Detail');
    await window.pick('high');
    await window.pick('All images of this file');
    await window.languageStatus('18 hints');
    const changed = await saved();
    assert.equal(changed, sample.replaceAll('"detail":"low"', '"detail":"high"'));
    await window.runCommand('Undo');
    assert.equal(await saved(), sample);
  });

  it('turned into one with faults has them listed, each with a link to its place', async () => {
    const { window } = editor;
    await window.openFile(editor.path('broken.jsonl'));
    await window.runCommand('Vision Fine-Tuning: Check File');
    const toast = await window.notification(/71 records · \d+ images · 56 errors/);
    await toast.getByRole('button', { name: 'Show All Findings' }).click();
    await window.page.locator('.tab.active', { hasText: 'broken.jsonl (findings)' }).waitFor();
    const line = window.text.filter({ hasText: 'Record is an array' });
    await line.locator('.detected-link').click({ modifiers: ['ControlOrMeta'] });
    await window.page.locator('.statusbar-item', { hasText: 'Ln 16, Col 1' }).waitFor();
  });

  async function saved(): Promise<string> {
    await editor.window.save();
    return readFile(editor.path('clean.jsonl'), 'utf8');
  }
});
