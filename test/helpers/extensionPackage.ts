import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildAll } from '../../scripts/build.ts';
import { makePackage } from '../../scripts/package.ts';
import { readZip } from './readZip.ts';
import { repositoryFiles } from './repository.ts';

const root = join(import.meta.dirname, '../..');

/** The .vsix of the sources as they are, built in a folder of its own. */
export async function packExtension(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'vision-finetune-package-'));
  try {
    // The whole repository, so that what does not belong into the package has to be left out.
    for (const path of repositoryFiles()) await cp(join(root, path), join(folder, path));
    await mkdir(join(folder, 'node_modules/left-out'), { recursive: true });
    await writeFile(join(folder, 'node_modules/left-out/index.js'), '');
    await buildAll(join(folder, 'dist'));
    const packagePath = join(folder, 'vision-finetune.vsix');
    await makePackage(folder, packagePath);
    return await readFile(packagePath);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes the extension in a .vsix into a new folder, as VS Code does when it installs it, and returns the folder. */
export async function unpackExtension(archive: Buffer): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vision-finetune-unpacked-'));
  for (const [name, content] of readZip(archive)) {
    if (!name.startsWith('extension/')) continue;
    const path = join(folder, name.slice('extension/'.length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}
