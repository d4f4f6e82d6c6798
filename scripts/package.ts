/** Makes the .vsix from dist/. What goes in is listed in .vscodeignore. */
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const root = join(import.meta.dirname, '..');
const packagePath = process.argv[2] ?? join(root, 'vision-finetune.vsix');
await createVSIX({
  cwd: root,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
