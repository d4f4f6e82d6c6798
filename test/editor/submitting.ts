import type { FrameLocator, Locator } from 'playwright-core';
import type { Editor } from './editor.ts';

export const submit = 'Vision Fine-Tuning: Submit Fine-Tuning Job…';

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
