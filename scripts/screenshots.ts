/** Takes the pictures of docs/images/ in a real VS Code on the samples. `node scripts/screenshots.ts NAME...` takes some only. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser } from './editor/browser.ts';
import { installEditor } from './editor/install.ts';
import { repository } from './editor/places.ts';
import { copySamples } from './editor/scratch.ts';
import { startServer } from './editor/server.ts';
import type { Settings } from './editor/settings.ts';
import { openWindow, type EditorWindow } from './editor/window.ts';
import { listedFaults } from '../test/helpers/brokenSample.ts';
import { terminalPage } from './terminalPage.ts';

interface Shot {
  /** File name in docs/images/, without `.png`. */
  readonly name: string;
  readonly settings: Settings;
  /** Name of the sample that is open at the start. */
  readonly file: string;
  /** Further files of the folder, and the samples that they are copies of. */
  readonly copies?: Readonly<Record<string, string>>;
  readonly steps: (window: EditorWindow) => Promise<unknown>;
}

const light = { 'workbench.colorTheme': 'Default Light Modern' };
const dark = { 'workbench.colorTheme': 'Default Dark Modern' };

/** What would take room and explain nothing. */
const plain: Settings = {
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'window.commandCenter': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.layoutControl.enabled': false,
};

const size = { width: 1060, height: 640, scale: 2 };

const shots: readonly Shot[] = [
  {
    name: 'findings',
    settings: light,
    file: 'broken.jsonl',
    steps: async (window) => {
      await window.problems(listedFaults.length);
      await window.goTo(21, 24);
      await window.pictures(await window.showHover('Role "robot"'));
    },
  },
  {
    name: 'hover',
    // Without VS Code's own notice that it colours no line as long as this one.
    settings: { ...dark, 'editor.maxTokenizationLineLength': 1_000_000 },
    file: 'clean.jsonl',
    steps: async (window) => {
      await window.goTo(1, 1);
      await window.pictures(await window.showHover('138 kB'));
    },
  },
  {
    name: 'preview',
    settings: light,
    file: 'clean.jsonl',
    steps: async (window) => {
      await window.goTo(11, 1);
      await window.runCommand('Vision Fine-Tuning: Preview Record');
      const page = window.page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await page.locator('h1', { hasText: 'Record 11' }).waitFor();
      // Once one is there, so are those beside it.
      for (const image of await page.locator('.frame img[src]').all())
        await image.click({ trial: true });
      await window.page.waitForTimeout(1000);
    },
  },
  {
    name: 'records',
    settings: dark,
    file: 'broken.jsonl',
    steps: async (window) => {
      await window.runCommand('Vision Fine-Tuning: Open Training Records');
      const page = window.page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await page.locator('.summary', { hasText: 'errors' }).waitFor();
      await page.locator('.search').fill('39');
      await page.locator('.search').press('Enter');
      await page.locator('h1', { hasText: 'Record 39' }).waitFor();
      await page.locator('.list').focus();
      await window.page.waitForTimeout(1000);
    },
  },
  {
    name: 'quickfix',
    settings: light,
    file: 'broken.jsonl',
    steps: async (window) => {
      await window.goTo(42, 224);
      await window.quickFixes();
    },
  },
  {
    name: 'statistics',
    settings: light,
    file: 'clean.jsonl',
    steps: async (window) => {
      await window.runCommand('Vision Fine-Tuning: Show Statistics');
      await window.page.getByText('tokens an epoch').first().waitFor();
    },
  },
  {
    name: 'jobs',
    settings: { ...light, 'editor.maxTokenizationLineLength': 1_000_000 },
    file: 'clean.jsonl',
    // Named so that it is offered as the file to validate with.
    copies: { 'clean_val.jsonl': 'too-few.jsonl' },
    steps: trainInPractice,
  },
];

/** From the sample to a job that has ended, with its page. */
async function trainInPractice(window: EditorWindow): Promise<void> {
  const { page } = window;
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await window.runCommand('Vision Fine-Tuning: Submit Fine-Tuning Job…');
  const answers = ['Practice Service', 'gpt-4.1-2025-04-14', 'clean_val.jsonl', 'Go On'];
  for (const answer of answers) await rows.filter({ hasText: answer }).first().click();
  await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Submit' }).click();
  const row = page.locator('.pane-body .monaco-list-row[role=treeitem]', {
    hasText: 'clean.jsonl',
  });
  await row.waitFor({ timeout: 60_000 });
  await row.click();
  await row.filter({ hasText: 'succeeded' }).waitFor({ timeout: 120_000 });
  await window.runCommand('Notifications: Clear All Notifications');
  const frame = page.frameLocator('iframe.webview').frameLocator('#active-frame');
  await frame.getByRole('button', { name: 'Copy Model Name' }).waitFor();
  await page.mouse.move(size.width / 2, size.height - 4);
}

const imageFolder = join(repository, 'docs/images');

async function take(shot: Shot, browser: Browser): Promise<void> {
  const folder = await copySamples();
  for (const [name, sample] of Object.entries(shot.copies ?? {})) {
    await copyFile(join(folder, sample), join(folder, name));
  }
  const server = await startServer({
    extension: repository,
    trust: true,
    settings: { ...plain, ...shot.settings },
  });
  try {
    const content = { folder, openFile: join(folder, shot.file) };
    const window = await openWindow(server, browser, content, size);
    await window.languageStatus('records');
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
    await shot.steps(window);
    await window.screenshot(imagePath(shot.name));
    await window.close();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the command line writes to a terminal, drawn by the browser: VS Code's own terminal needs a compiled module. */
async function takeTerminal(browser: Browser): Promise<void> {
  const command = 'node dist/cli.js check samples/broken.jsonl';
  const [program = '', ...parameters] = command.split(' ');
  const output = await promisify(execFile)(program, parameters, {
    cwd: repository,
    env: { ...process.env, FORCE_COLOR: '1' },
  }).catch((error: unknown) => error as { readonly stdout: string });
  const page = await browser.newPage({ viewport: size, deviceScaleFactor: 1 });
  await page.setContent(terminalPage(command, output.stdout));
  await page.locator('main').screenshot({ path: imagePath('terminal') });
  await page.close();
}

/** 256 colours are enough for text, and take a third of the bytes. */
async function shrink(path: string): Promise<void> {
  await writeFile(
    path,
    await sharp(await readFile(path))
      .png({ palette: true, effort: 10 })
      .toBuffer(),
  );
}

function imagePath(name: string): string {
  return join(imageFolder, `${name}.png`);
}

await installEditor();
await mkdir(imageFolder, { recursive: true });
const browser = await launchBrowser();
const takes = new Map<string, () => Promise<void>>([
  ...shots.map((shot) => [shot.name, () => take(shot, browser)] as const),
  ['terminal', () => takeTerminal(browser)],
]);
const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : takes.keys()) {
  const take = takes.get(name);
  if (!take) throw new Error(`"${name}" is none of ${[...takes.keys()].join(', ')}.`);
  await take();
  await shrink(imagePath(name));
  console.log(`docs/images/${name}.png`);
}
await browser.close();
