/** VS Code's one box for commands, files and lines. By keyboard: a mouse left over the editor would open hovers. */
import { basename } from 'node:path';
import type { Keyboard, Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** Long enough for an answer of VS Code on a busy machine, short enough to ask again a few times. */
export const soonMs = 2000;

/** Runs the command with exactly this title, as the palette shows it: "Category: Title". */
export async function runCommand(page: Page, title: string): Promise<void> {
  const labels = page.locator('.quick-input-list .monaco-list-row .label-name');
  await until(`the command "${title}"`, async () => {
    await ask(page, `>${title}`);
    if (await appears(labels.getByText(title, { exact: true }).first())) return true;
    // Opened anew each time: the list stays as it was when an extension's commands come in later.
    await page.keyboard.press('Escape');
    return undefined;
  });
  await pick(page, title);
}

/** Opens a file by its absolute path, and waits until its text is drawn. */
export async function openFile(page: Page, path: string): Promise<void> {
  const name = basename(path);
  await ask(page, path);
  await pick(page, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator('.editor-instance .view-lines .view-line').first().waitFor();
}

/** Puts the cursor there, both counted from 1, columns in UTF-16 units. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  // The column in the status bar is another one: it counts a surrogate pair once and a tab by its width.
  const position = page.locator('.statusbar-item', { hasText: `Ln ${line}, ` });
  await until(`the cursor on line ${line}`, async () => {
    await ask(page, `:${line}:${column}`);
    await box(page).press('Enter');
    // On a busy machine the key may come before the box has changed over from commands to lines.
    return (await appears(position)) || undefined;
  });
}

/** Opens the box, for which F1 is the one key on every platform; its first character says what is asked for. */
async function ask(page: Page, question: string): Promise<void> {
  await until('the box for commands', async () => {
    await page.keyboard.press('F1');
    return box(page)
      .fill(question, { timeout: soonMs })
      .then(
        () => true,
        () => undefined,
      );
  });
}

/** Chooses the row with exactly this label in the list of the box. */
export async function pick(page: Page, label: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await choose(box(page), rows, '.label-name', label);
  await box(page).press('Enter');
}

/** Where the keys go: by the settings of tests it stays open when something else takes the focus, as a file that opens does. */
function box(page: Page): Locator {
  return page.locator('.quick-input-widget input.input');
}

/** Moves the focus of a list, which `keys` reach, down to the row whose label is `wanted`, once it is there. */
export async function choose(
  keys: Pick<Keyboard, 'press'>,
  rows: Locator,
  label: string,
  wanted: string,
): Promise<void> {
  const shown = (): Promise<string[]> => rows.locator(label).allInnerTexts();
  await until(
    `"${wanted}" in a list`,
    async () => (await shown()).includes(wanted) || undefined,
  ).catch(async (error: unknown) => {
    throw new Error(`The list has ${JSON.stringify(await shown())}.`, { cause: error });
  });
  const focused = rows.and(rows.page().locator('.focused')).locator(label);
  await until(`"${wanted}" to have the focus`, async () => {
    const texts = await focused.allInnerTexts();
    if (texts.includes(wanted)) return true;
    await keys.press('ArrowDown');
    return undefined;
  });
}

/** Whether something becomes visible soon. */
export async function appears(part: Locator): Promise<boolean> {
  return part.waitFor({ timeout: soonMs }).then(
    () => true,
    () => false,
  );
}
