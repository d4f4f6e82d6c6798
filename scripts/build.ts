/** Builds dist/: three bundles with fixed names. `--watch` builds again on each change. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { context, type BuildOptions } from 'esbuild';

const root = join(import.meta.dirname, '..');
const watch = process.argv.includes('--watch');

function bundle(name: string, entry: string, extra: BuildOptions = {}): BuildOptions {
  return {
    entryPoints: [join(root, entry)],
    outfile: join(root, 'dist', `${name}.js`),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // jsonc-parser's main is UMD, which cannot be bundled; its module build can.
    mainFields: ['module', 'main'],
    minify: !watch,
    keepNames: true,
    sourcemap: watch,
    legalComments: 'none',
    logLevel: 'info',
    ...extra,
  };
}

const bundles = [
  bundle('client', 'client/extension.ts', { external: ['vscode'] }),
  bundle('server', 'server/main.ts'),
  bundle('cli', 'cli/main.ts', { banner: { js: '#!/usr/bin/env node' } }),
];

if (!watch) await rm(join(root, 'dist'), { recursive: true, force: true });
await mkdir(join(root, 'dist'), { recursive: true });
// The sources are ES modules; VS Code and `node dist/server.js` load these bundles as CommonJS.
await writeFile(join(root, 'dist/package.json'), '{ "type": "commonjs" }\n');
const contexts = await Promise.all(bundles.map((options) => context(options)));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
