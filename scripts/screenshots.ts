/** Takes the pictures of docs/images/ in a real VS Code on the samples. `node scripts/screenshots.ts NAME...` takes some only. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './editor/browser.ts';
import { installEditor } from './editor/install.ts';
import { repository } from './editor/places.ts';
import { copySamples } from './editor/scratch.ts';
import { startServer } from './editor/server.ts';
import { openWindow, type EditorWindow } from './editor/window.ts';

interface Shot {
  /** File name in docs/images/, without `.png`. */
  readonly name: string;
  readonly theme: 'Dark' | 'Light';
  /** Name of the sample that is open at the start. */
  readonly file: string;
  readonly steps: (window: EditorWindow) => Promise<unknown>;
}

const shots: readonly Shot[] = [
  {
    name: 'problems',
    theme: 'Dark',
    file: 'broken.jsonl',
    steps: (window) => window.runCommand('Problems: Focus on Problems View'),
  },
];

const imageFolder = join(repository, 'docs/images');

async function take(shot: Shot, browser: Browser): Promise<void> {
  const folder = await copySamples();
  const server = await startServer({
    extension: repository,
    trust: true,
    settings: { 'workbench.colorTheme': `Default ${shot.theme} Modern` },
  });
  try {
    const content = { folder, openFile: join(folder, shot.file) };
    const look = { width: 1280, height: 720, scale: 2 };
    const window = await openWindow(server, browser, content, look);
    // The first finding says that the extension has started and has checked the file.
    await window.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await shot.steps(window);
    await window.screenshot(join(imageFolder, `${shot.name}.png`));
    await window.close();
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
await installEditor();
await mkdir(imageFolder, { recursive: true });
const browser = await launchBrowser();
for (const shot of shots) {
  if (wanted.length > 0 && !wanted.includes(shot.name)) continue;
  await take(shot, browser);
  console.log(`docs/images/${shot.name}.png`);
}
await browser.close();
