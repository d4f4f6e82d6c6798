/** Makes the .vsix from dist/. What goes in is listed in .vscodeignore. */
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root } from './bundles.ts';

/** Packs the extension whose `package.json` is in `folder`, with its built `dist/`. */
export async function makePackage(folder: string, packagePath: string): Promise<void> {
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
}

if (import.meta.main) {
  await makePackage(root, process.argv[2] ?? join(root, 'vision-finetune.vsix'));
}
