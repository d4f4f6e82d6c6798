import type { EditorWindow } from '../../scripts/editor/window.ts';

/** Opens a file of which VS Code may draw no text, for which the quick way waits. */
export async function openByExplorer(window: EditorWindow, name: string): Promise<void> {
  const { page } = window;
  await window.runCommand('Explorer: Focus on Folders View');
  await page
    .locator('.explorer-folders-view .monaco-list-row')
    .filter({ has: page.getByText(name, { exact: true }) })
    .dblclick();
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}
