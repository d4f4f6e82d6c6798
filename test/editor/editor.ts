import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atExit } from '../../scripts/editor/atExit.ts';
import { launchBrowser } from '../../scripts/editor/browser.ts';
import { repository } from '../../scripts/editor/places.ts';
import { copySamples } from '../../scripts/editor/scratch.ts';
import { startServer } from '../../scripts/editor/server.ts';
import type { Settings } from '../../scripts/editor/settings.ts';
import { openWindow, type EditorWindow, type WindowLook } from '../../scripts/editor/window.ts';

/**
 * Folder of the extension under test: this repository, or what `VISION_FINETUNE_EXTENSION` names, such as an unpacked
 * package.
 */
export const extensionFolder = process.env['VISION_FINETUNE_EXTENSION'] ?? repository;

export interface EditorOptions {
  /** Name, or path → content of the files in the folder that is opened. A copy of the samples if left out. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Name of the file to show at once. */
  readonly open?: string;
  /** False for Restricted Mode. True if left out. */
  readonly trust?: boolean;
  readonly settings?: Settings;
  readonly look?: WindowLook;
  /** Folder of another extension than `extensionFolder`. */
  readonly extension?: string;
}

export interface Editor {
  readonly window: EditorWindow;
  /** Folder with all that VS Code writes outside of the opened folder. */
  readonly home: string;
  /** Absolute path of a file in the opened folder. */
  path(name: string): string;
  close(): Promise<void>;
}

/** A VS Code of its own on a temporary folder, with the extension under test installed; for one spec file, which closes it. */
export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const folder =
    options.files === undefined ? await copySamples() : await writeFiles(options.files);
  const forget = atExit(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startServer({
    extension: options.extension ?? extensionFolder,
    trust: options.trust ?? true,
    ...(options.settings && { settings: options.settings }),
  });
  const browser = await launchBrowser();
  const path = (name: string): string => join(folder, name);
  const content = {
    folder,
    ...(options.open !== undefined && { openFile: path(options.open) }),
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    forget();
  };
  try {
    const { home } = server;
    return { window: await openWindow(server, browser, content, options.look), home, path, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function writeFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vision-finetune-spec-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}
