/** Makes the .vsix from dist/. What goes in is listed in .vscodeignore. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { root } from './bundles.ts';

/** Beside the bundles: made anew with each package. */
const readmePath = 'dist/readme.md';

/** As vsce names them in the archive. */
const renamed = new Map([
  ['LICENSE', 'LICENSE.txt'],
  ['CHANGELOG.md', 'changelog.md'],
]);

/** Packs the extension whose `package.json` is in `folder`, with its built `dist/`. */
export async function makePackage(folder: string, packagePath: string): Promise<void> {
  const shipped = await listFiles({ cwd: folder, packageManager: PackageManager.None });
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  await writeFile(join(folder, readmePath), withShippedLinks(readme, new Set(shipped)));
  await createVSIX({
    cwd: folder,
    packagePath,
    readmePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

/** A page whose links lead to what is shipped; of a link to another file of the repository its words remain. */
function withShippedLinks(page: string, shipped: ReadonlySet<string>): string {
  return page.replaceAll(
    /(!?\[([^\]]*)\])\(([^)#\s]+)\)/g,
    (link, head: string, words: string, target: string) => {
      if (URL.canParse(target)) return link;
      return shipped.has(target) ? `${head}(${renamed.get(target) ?? target})` : words;
    },
  );
}

if (import.meta.main) {
  await makePackage(root, process.argv[2] ?? join(root, 'vision-finetune.vsix'));
}
