import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './editor.ts';

export const submit = 'Vision Fine-Tuning: Submit Fine-Tuning Job…';

/** Runs the command, and says where, with what validation file, and that the files are to be checked. */
export async function beginSubmission(
  editor: Editor,
  place: string,
  validation = 'Without Validation',
): Promise<void> {
  await editor.window.runCommand(submit);
  await pick(editor, place);
  await pick(editor, 'gpt-4.1-2025-04-14');
  await pick(editor, validation);
  await pick(editor, 'Check the Files and Go On');
}

/** Chooses the row with this text, once it is there. */
export async function pick({ window }: Editor, text: string): Promise<void> {
  const rows = window.page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: text }).first().click();
}

/** What VS Code asks before anything else. */
export function dialogOf({ window }: Editor): Locator {
  return window.page.locator('.monaco-dialog-box');
}

/** In the view of jobs. */
export function jobRow({ window }: Editor, name: string): Locator {
  return window.page.locator('.customview-tree .monaco-list-row', { hasText: name });
}

export function jobPage({ window }: Editor): FrameLocator {
  return window.page.frameLocator('iframe.webview').frameLocator('#active-frame');
}
