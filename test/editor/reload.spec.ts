import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../../scripts/editor/until.ts';
import { PracticeService } from '../../practice/practice.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { openEditor, type Editor } from './editor.ts';
import { beginSubmission, dialogOf } from './submitting.ts';

/** Longer than any test. */
const never = 3_600_000;

describe('a window that is reloaded while the answer to its new job is awaited', () => {
  let service: PracticeService;
  let editor: Editor;
  before(async () => {
    service = await PracticeService.start({ speed: 100 });
    editor = await openEditor({
      files: { 'train.jsonl': withSoundRecords() },
      open: 'train.jsonl',
      settings: { 'visionFinetune.service.openaiEndpoint': service.addresses.openai },
    });
  });
  after(async () => {
    await editor.close();
    await service.stop();
  });

  it('does not know whether there is one, looks for it, and creates no other', async () => {
    const { window } = editor;
    const effect = { kind: 'delay', milliseconds: never } as const;
    service.faults.add({ operation: 'createJob', moment: 'reply', effect });
    await submitOnce();
    await dialogOf(editor).getByRole('button', { name: 'Submit' }).click();
    await until('the job to be created', () => created() > 0 || undefined);
    await window.runCommand('Developer: Reload Window');
    await window.page.locator('.notification-toast').waitFor({ state: 'hidden' });
    await submitOnce();
    const dialog = dialogOf(editor);
    await dialog.getByText('Whether the last submission of train.jsonl created a job').waitFor();
    await dialog.getByRole('button', { name: 'Look for the Job' }).click();
    await window.notification('The job was there already: ftjob-');
    assert.equal(created(), 1);
  });

  async function submitOnce(): Promise<void> {
    const { window } = editor;
    await window.languageStatus('10 records');
    await beginSubmission(editor, 'OpenAI · 127.0.0.1');
    const input = window.page.locator('.quick-input-widget input[type=password]');
    await input.or(dialogOf(editor)).first().waitFor();
    if (await input.isVisible()) {
      await input.fill(service.key);
      await input.press('Enter');
    }
    await dialogOf(editor).waitFor();
  }

  function created(): number {
    return service.requests.filter(({ operation }) => operation === 'createJob').length;
  }
});
