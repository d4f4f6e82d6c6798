/** Bundles as they are shipped. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shippedBundles } from '../scripts/bundles.ts';

type Bundles = ReturnType<typeof shippedBundles>;

/** Builds them in a folder. */
export async function buildBundles(
  folder: string,
  names: readonly (keyof Bundles)[],
): Promise<void> {
  const bundles = shippedBundles({ outdir: folder });
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await Promise.all(names.map((name) => build(bundles[name])));
}
