import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { faceBundles } from './faceBundles.ts';
import { imagingBundles } from './imagingBundles.ts';

export const root = join(import.meta.dirname, '..');

export interface BundleOptions {
  readonly outdir: string;
  /** Readable and with source maps, instead of small. */
  readonly isForDebugging?: boolean;
}

/** The bundles that are shipped: their names are fixed. */
export function shippedBundles(
  options: BundleOptions,
): Record<
  | 'client'
  | 'languageClient'
  | 'service'
  | 'job'
  | 'preview'
  | 'records'
  | 'server'
  | 'disk'
  | 'checkThread'
  | 'cli'
  | 'practice'
  | 'o200k'
  | 'imaging'
  | 'sharpLibrary'
  | 'faces'
  | 'faceModel',
  BuildOptions
> {
  return {
    client: { ...common(options, 'client', 'client/extension.ts'), external: ['vscode'] },
    // What speaks to the language server: the client requires it with the first file that there is for it.
    languageClient: {
      ...common(options, 'languageClient', 'client/languageClient.ts'),
      external: ['vscode'],
    },
    // What speaks to a fine-tuning service: the client requires it with the first wish for it.
    service: { ...common(options, 'service', 'client/service/service.ts'), external: ['vscode'] },
    preview: page(options, 'preview', 'webview/main.ts', 'webview/preview.css'),
    records: page(options, 'records', 'webview/records.ts', 'webview/records.css'),
    job: page(options, 'job', 'webview/job.ts', 'webview/job.css'),
    server: common(options, 'server', 'server/main.ts'),
    // A process of its own for each file that is too large for a document.
    disk: common(options, 'disk', 'disk/main.ts'),
    // A thread of the command line, or of that process, which check a large file in several.
    checkThread: common(options, 'checkThread', 'parallel/checkThread.ts'),
    // The table of the text encoding: server and command line require it when they first count a text.
    o200k: common(options, 'o200k', 'core/tokens/o200k.ts'),
    cli: { ...common(options, 'cli', 'cli/main.ts'), banner: { js: '#!/usr/bin/env node' } },
    // With the library of its contract three times as large as the command line, which requires it when asked for it.
    practice: common(options, 'practice', 'practice/practice.ts'),
    ...imagingBundles(common(options, 'imaging', 'imaging/main.ts'), options.outdir),
    ...faceBundles(common(options, 'faces', 'imaging/faces/findFaces.ts'), options.outdir),
  };
}

function common(
  { outdir, isForDebugging = false }: BundleOptions,
  name: string,
  entry: string,
): BuildOptions {
  return {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(outdir, `${name}.js`),
    bundle: true,
    platform: 'node',
    // VS Code's extension host and plain `node` load CommonJS; the sources are modules.
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    target: 'node22',
    // jsonc-parser's main is UMD, which cannot be bundled; its module build can.
    mainFields: ['module', 'main'],
    minify: !isForDebugging,
    // Stack traces in logs keep their names.
    keepNames: true,
    sourcemap: isForDebugging,
    // All licences stand in dist/licences.txt.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  };
}

/** Script and style of a page: for the browser of VS Code 1.101 or later, Chromium 134. */
function page(options: BundleOptions, name: string, script: string, style: string): BuildOptions {
  const { outfile: _, ...shared } = common(options, name, script);
  return {
    ...shared,
    entryPoints: [
      { in: script, out: name },
      { in: style, out: name },
    ],
    outdir: options.outdir,
    platform: 'browser',
    format: 'iife',
    target: 'chrome134',
    // It would need a helper of its own, and there is no log here that shows names.
    keepNames: false,
  };
}
