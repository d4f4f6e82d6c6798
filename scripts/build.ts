/** Builds dist/: bundles with fixed names. `--watch` builds again on each change. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { root, shippedBundles } from './bundles.ts';
import { collectLicences } from './licences.ts';

/** All that is shipped of the code, in a folder that is emptied first. */
export async function buildAll(outdir: string): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await prepare(outdir);
  const bundles = Object.values(shippedBundles({ outdir }));
  const results = await Promise.all(bundles.map((each) => build(each)));
  const metafiles = results.flatMap(({ metafile }) => metafile ?? []);
  await writeFile(join(outdir, 'licences.txt'), await collectLicences(root, metafiles));
}

async function watchAll(outdir: string): Promise<void> {
  await prepare(outdir);
  const bundles = Object.values(shippedBundles({ outdir, isForDebugging: true }));
  const contexts = await Promise.all(bundles.map((each) => context({ ...each, logLevel: 'info' })));
  await Promise.all(contexts.map((each) => each.watch()));
}

/** The sources are ES modules; VS Code and `node dist/server.js` load these bundles as CommonJS. */
async function prepare(outdir: string): Promise<void> {
  await mkdir(outdir, { recursive: true });
  await writeFile(join(outdir, 'package.json'), '{ "type": "commonjs" }\n');
}

if (import.meta.main) {
  const dist = join(root, 'dist');
  await (process.argv.includes('--watch') ? watchAll(dist) : buildAll(dist));
}
