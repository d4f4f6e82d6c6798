import { isDeepStrictEqual } from 'node:util';
import type { Browser, BrowserContext, ConsoleMessage, Locator, Page } from 'playwright-core';
import { windowAddress, type WindowContent } from './address.ts';
import { readProblems, type Problem } from './problems.ts';
import { appears, choose, goTo, openFile, pick, runCommand, soonMs } from './quickInput.ts';
import type { EditorServer } from './server.ts';
import { stepLimitMs, until } from './until.ts';

export interface WindowLook {
  /** Size of the page in CSS pixels. 1280 × 800 if left out. */
  readonly width?: number;
  readonly height?: number;
  /** Pixels of a screenshot per CSS pixel. 1 if left out. */
  readonly scale?: number;
}

/** Starting VS Code in a page took 4 s on two cores; a busy machine may take many times that. */
const startLimitMs = 120_000;

/** Opens a window of VS Code and waits until it is there and, with `openFile`, shows that file's text. */
export async function openWindow(
  server: EditorServer,
  browser: Browser,
  content: WindowContent,
  look: WindowLook = {},
): Promise<EditorWindow> {
  const window = await blankWindow(browser, look);
  await window.page.goto(windowAddress(server, content), { timeout: startLimitMs });
  await window.page.locator('.statusbar-item').first().waitFor({ timeout: startLimitMs });
  if (content.openFile !== undefined) await window.text.first().waitFor({ timeout: startLimitMs });
  return window;
}

/** A page for a window, so that its console can be listened to before anything is in it. */
export async function blankWindow(browser: Browser, look: WindowLook = {}): Promise<EditorWindow> {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1280, height: look.height ?? 800 },
    deviceScaleFactor: look.scale ?? 1,
  });
  context.setDefaultTimeout(stepLimitMs);
  return new EditorWindow(context, await context.newPage());
}

/** What a person does in a window of VS Code. Every verb waits for what it causes, and throws after `stepLimitMs` without it. */
export class EditorWindow {
  /** For what no verb here does. */
  readonly page: Page;
  /** The drawn lines of the active editor. */
  readonly text: Locator;
  readonly #context: BrowserContext;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.text = page.locator('.editor-instance .view-lines .view-line');
  }

  /** Opens a file by its absolute path. */
  async openFile(path: string): Promise<void> {
    await openFile(this.page, path);
  }

  /** Puts the cursor there, both counted from 1, columns in UTF-16 units. */
  async goTo(line: number, column: number): Promise<void> {
    await goTo(this.page, line, column);
  }

  /** Types at the cursor, key by key, so VS Code may close brackets and quotes by itself. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Saves the active file and waits until its tab says so. */
  async save(): Promise<void> {
    await this.runCommand('File: Save');
    await this.page.locator('.tab.active:not(.dirty)').waitFor();
  }

  /** Runs the command with exactly this title, as the palette shows it: "Category: Title". */
  async runCommand(title: string): Promise<void> {
    await runCommand(this.page, title);
  }

  /** Chooses the row with exactly this label in the list that a command has opened. */
  async pick(label: string): Promise<void> {
    await pick(this.page, label);
  }

  /** The items of the language status of the active file, each with its buttons, once one of them has `text`. */
  async languageStatus(text: string): Promise<string[]> {
    const items = this.page.locator('.hover-language-status');
    const found = await until(`the language status to say "${text}"`, async () => {
      await this.page.locator('#status\\.languageStatus').click();
      if (await appears(items.filter({ hasText: text }))) return items.allInnerTexts();
      await this.page.keyboard.press('Escape');
      return undefined;
    });
    // A mouse left there would open it again, over notifications. Nothing is in the middle of the status bar.
    const { width = 0, height = 0 } = this.page.viewportSize() ?? {};
    await this.page.mouse.move(width / 2, height - 4);
    await this.page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
    return found.map((item) => item.replaceAll(/\s+/g, ' ').trim());
  }

  /**
   * Shows the hover at the cursor, by keyboard, and returns it once it has `text`. An extension that is still starting adds
   * nothing to a hover that is already open, so it is closed and asked for again.
   */
  async showHover(text: string | RegExp = /./): Promise<Locator> {
    const hover = this.page
      .locator('.monaco-resizable-hover .monaco-hover')
      .filter({ visible: true, hasText: text });
    return until(`a hover with ${String(text)}`, async () => {
      await this.page.keyboard.press('ControlOrMeta+K');
      await this.page.keyboard.press('ControlOrMeta+I');
      if (await appears(hover)) return hover;
      await this.page.keyboard.press('Escape');
      return undefined;
    });
  }

  /** The pictures within a part of the page, in their own pixels, once every one of them has loaded. */
  async pictures(part: Locator): Promise<{ width: number; height: number }[]> {
    return until('pictures to load', async () => {
      const sizes = await part
        .locator('img')
        .evaluateAll((images: { naturalWidth: number; naturalHeight: number }[]) =>
          images.map((image) => ({ width: image.naturalWidth, height: image.naturalHeight })),
        );
      return sizes.length > 0 && sizes.every(({ width }) => width > 0) ? sizes : undefined;
    });
  }

  /** The rows of the Problems view, all files together, once there are `count` of them. Leaves the focus there. */
  async problems(count: number): Promise<Problem[]> {
    await this.runCommand('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel').waitFor();
    let last: Problem[] = [];
    const settled = async (): Promise<Problem[] | undefined> => {
      const before = last;
      last = await readProblems(this.page);
      return last.length === count && isDeepStrictEqual(last, before) ? last : undefined;
    };
    // Each reading goes through the list page by page, which a busy machine does slowly.
    return until(`${count} problems`, settled, startLimitMs).catch((error: unknown) => {
      throw new Error(`There are ${last.length} problems: ${JSON.stringify(last)}`, {
        cause: error,
      });
    });
  }

  /** The titles of the quick fixes at the cursor. Leaves their menu open. */
  async quickFixes(): Promise<string[]> {
    // The editor may still scroll to the cursor, which closes the menu.
    await until('quick fixes', async () => {
      await this.page.keyboard.press('ControlOrMeta+.');
      return (await appears(this.#fixes.first())) || undefined;
    });
    return this.#fixes.locator('.title').allInnerTexts();
  }

  /** Applies the quick fix with exactly this title at the cursor. */
  async quickFix(title: string): Promise<void> {
    await this.quickFixes();
    await choose(this.page.keyboard, this.#fixes, '.title', title);
    await this.page.keyboard.press('Enter');
    await this.#fixes.first().waitFor({ state: 'hidden' });
  }

  /** Clicks on the light bulb that VS Code puts beside the line of the cursor, and returns the titles in its menu. */
  async lightBulb(): Promise<string[]> {
    const bulb = this.page.locator('.glyph-margin-widgets [class*=codicon-gutter-lightbulb]');
    await until('the menu of the light bulb', async () => {
      // It comes a moment after the cursor, and goes while the editor scrolls.
      await bulb.click({ timeout: soonMs }).catch(() => undefined);
      return (await appears(this.#fixes.first())) || undefined;
    });
    return this.#fixes.locator('.title').allInnerTexts();
  }

  get #fixes(): Locator {
    return this.page.locator('.action-widget .monaco-list-row.action');
  }

  /** Waits for a notification that has this text, and returns it. It goes away by itself after some seconds. */
  async notification(text: string | RegExp): Promise<Locator> {
    const toast = this.page.locator('.notification-toast', { hasText: text });
    await toast.waitFor();
    return toast;
  }

  /** Waits until VS Code says that it is in Restricted Mode. The server must be without trust. */
  async restrictedMode(): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  }

  /**
   * Answers the question whether the folder is to be trusted with no. It is asked only when the setting
   * `security.workspace.trust.startupPrompt` is `always`, and then a second or two after the window is there.
   */
  async declineTrust(): Promise<void> {
    await this.page.getByRole('button', { name: "No, I don't trust the authors" }).click();
    await this.restrictedMode();
  }

  /** Writes what the window shows as a PNG, without the blinking cursor. */
  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  }

  onConsole(listener: (message: ConsoleMessage) => void): void {
    this.page.on('console', listener);
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}
