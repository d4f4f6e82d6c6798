/** The command line as it is shipped. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { shippedBundles } from '../scripts/bundles.ts';

/** Builds the command line in a folder, and what it needs for a check; gives back the path of its script. */
export async function buildCli(folder: string): Promise<string> {
  const { cli, checkThread } = shippedBundles({ outdir: folder });
  await writeFile(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  await Promise.all([build(cli), build(checkThread)]);
  return join(folder, 'cli.js');
}
