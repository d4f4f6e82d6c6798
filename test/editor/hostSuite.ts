import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { build } from 'esbuild';
import { windowAddress, type HostSuite, type WindowContent } from '../../scripts/editor/address.ts';
import { repository } from '../../scripts/editor/places.ts';
import type { EditorServer } from '../../scripts/editor/server.ts';
import { blankWindow } from '../../scripts/editor/window.ts';
import { mark } from './suite/runner.ts';

const suiteFolder = join(import.meta.dirname, 'suite');
const limitMs = 10 * 60 * 1000;

/** Bundles the tests that run inside the extension host into one file, and returns its path. */
export async function buildHostSuite(entry = join(suiteFolder, 'index.ts')): Promise<string> {
  const outfile = join(repository, 'out/editor-suite.cjs');
  const { metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
    metafile: true,
  });
  const bundled = new Set(Object.keys(metafile.inputs).map((path) => basename(path)));
  const left = (await readdir(suiteFolder)).filter(
    (name) => name.endsWith('.suite.ts') && !bundled.has(name),
  );
  if (left.length > 0) throw new Error(`Not imported by suite/index.ts: ${left.join(', ')}`);
  return outfile;
}

/** Runs a bundled suite in a window of its own and passes its lines on. Resolves to whether all of it passed. */
export async function runHostSuite(
  server: EditorServer,
  browser: Browser,
  content: WindowContent & { readonly suite: HostSuite },
): Promise<boolean> {
  const window = await blankWindow(browser);
  // VS Code calls these two, where a page has them: with each line of its log, and when the extension host of a test run ends.
  await window.page.exposeFunction('codeAutomationLog', (_level: string, words: unknown[]) => {
    const line = testLine(words);
    if (line !== undefined) console.log(line);
  });
  const host = new EventEmitter();
  const ended = once(host, 'exit');
  await window.page.exposeFunction('codeAutomationExit', (code: number) => host.emit('exit', code));
  try {
    await window.page.goto(windowAddress(server, content));
    const [code] = (await within(limitMs, ended)) as [number];
    return code === 0;
  } finally {
    await window.close();
  }
}

async function within<T>(milliseconds: number, result: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = pause(milliseconds, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`The tests in VS Code have not ended after ${milliseconds / 1000} s.`);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    stop.abort();
    await late.catch(() => undefined);
  }
}

/** VS Code's log has much else; the lines of the tests carry a mark. */
function testLine(words: unknown[]): string | undefined {
  const text = String(words[0]);
  return text.startsWith(mark) ? text.slice(mark.length) : undefined;
}
