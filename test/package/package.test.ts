import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildAll } from '../../scripts/build.ts';
import { makePackage } from '../../scripts/package.ts';
import { namesIn, repositoryFiles } from '../helpers/repository.ts';
import { zipEntries } from './zipEntries.ts';

const root = join(import.meta.dirname, '../..');

describe('the package', () => {
  let folder: string;
  let archive: Buffer;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vision-finetune-package-'));
    // The whole repository, so that what does not belong into the package has to be left out.
    for (const path of repositoryFiles()) await cp(join(root, path), join(folder, path));
    await mkdir(join(folder, 'node_modules/left-out'), { recursive: true });
    await writeFile(join(folder, 'node_modules/left-out/index.js'), '');
    await buildAll(join(folder, 'dist'));
    const packagePath = join(folder, 'out/vision-finetune.vsix');
    await mkdir(join(folder, 'out'));
    await makePackage(folder, packagePath);
    archive = await readFile(packagePath);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('holds what the extension needs and nothing else', () => {
    const pages = namesIn('docs/rules', '.md').map((name) => `extension/docs/rules/${name}.md`);
    const wanted = [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/cli.js',
      'extension/dist/client.js',
      'extension/dist/licences.txt',
      'extension/dist/o200k.js',
      'extension/dist/package.json',
      'extension/dist/server.js',
      ...pages,
      'extension/icon.png',
      'extension/package.json',
      'extension/readme.md',
      'extension/schemas/vision-finetune.schema.json',
      'extension/syntaxes/example.injection.tmLanguage.json',
      'extension/syntaxes/record.injection.tmLanguage.json',
    ];
    assert.deepEqual(zipEntries(archive), wanted.sort());
  });

  it('is smaller than 3 MB', () => {
    assert.ok(archive.length < 3_000_000, `${archive.length} bytes`);
  });
});
