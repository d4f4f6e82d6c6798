/** Builds dist/: bundles with fixed names. `--watch` builds again on each change. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { root, shippedBundles } from './bundles.ts';
import { collectLicences } from './licences.ts';

const dist = join(root, 'dist');
const watch = process.argv.includes('--watch');
const bundles = Object.values(shippedBundles({ outdir: dist, isForDebugging: watch }));

if (!watch) await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
// The sources are ES modules; VS Code and `node dist/server.js` load these bundles as CommonJS.
await writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
if (watch) {
  const contexts = await Promise.all(bundles.map((each) => context({ ...each, logLevel: 'info' })));
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  const results = await Promise.all(bundles.map((each) => build(each)));
  const metafiles = results.flatMap(({ metafile }) => metafile ?? []);
  await writeFile(join(dist, 'licences.txt'), await collectLicences(root, metafiles));
}
