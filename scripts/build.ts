/** Builds dist/: three bundles with fixed names. `--watch` builds again on each change. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { context } from 'esbuild';
import { bundleNames, bundleOptions } from './bundles.ts';

const dist = join(import.meta.dirname, '..', 'dist');
const watch = process.argv.includes('--watch');

if (!watch) await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
// The sources are ES modules; VS Code and `node dist/server.js` load these bundles as CommonJS.
await writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
const contexts = await Promise.all(
  bundleNames.map((name) =>
    context({
      ...bundleOptions(name, dist),
      minify: !watch,
      sourcemap: watch,
      logLevel: 'info',
    }),
  ),
);
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  await Promise.all(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
}
