/**
 * The tests in a real VS Code: the suite inside the extension host, then the specs (`*.spec.ts`) that drive a window as a
 * person does. On Linux x64 all of it runs on packages from npm. Elsewhere the suite runs in a desktop VS Code that
 * @vscode/test-electron downloads, and the specs when an installed Chrome is named.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostSuite } from '../../scripts/editor/address.ts';
import { launchBrowser } from '../../scripts/editor/browser.ts';
import { hasBundledChromium, installEditor } from '../../scripts/editor/install.ts';
import { copySamples } from '../../scripts/editor/scratch.ts';
import { startServer } from '../../scripts/editor/server.ts';
import { extensionFolder } from './editor.ts';
import { runInElectron } from './electron.ts';
import { buildHostSuite, runHostSuite } from './hostSuite.ts';

const hasBrowser = hasBundledChromium || process.env['VISION_FINETUNE_CHROME'] !== undefined;
if (hasBrowser) await installEditor();

const suitePassed = await runSuite();
const specsPassed = hasBrowser ? await runSpecs() : skipSpecs();
process.exitCode = suitePassed && specsPassed ? 0 : 1;

async function runSuite(): Promise<boolean> {
  const folder = await copySamples();
  const suite = { extension: extensionFolder, tests: await buildHostSuite() };
  try {
    return await (hasBundledChromium ? runInServer(folder, suite) : runInElectron(folder, suite));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runInServer(folder: string, suite: HostSuite): Promise<boolean> {
  const server = await startServer({ trust: true });
  const browser = await launchBrowser();
  try {
    return await runHostSuite(server, browser, { folder, suite });
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function runSpecs(): Promise<boolean> {
  const folder = import.meta.dirname;
  const specs = (await readdir(folder)).filter((name) => name.endsWith('.spec.ts'));
  if (specs.length === 0) return true;
  // One after the other: each has a VS Code and a browser of its own, which together fill two cores.
  const parameters = ['--test', '--test-concurrency=1', '--test-timeout=600000'];
  const child = spawn(
    process.execPath,
    [...parameters, ...specs.map((name) => join(folder, name))],
    {
      stdio: 'inherit',
    },
  );
  const [status] = (await once(child, 'exit')) as [number | null];
  return status === 0;
}

function skipSpecs(): boolean {
  console.log('The specs need a browser: set VISION_FINETUNE_CHROME to the path of a Chrome.');
  return true;
}
