import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { packExtension } from '../helpers/extensionPackage.ts';
import { readZip } from '../helpers/readZip.ts';
import { namesIn } from '../helpers/repository.ts';

describe('the package', () => {
  let archive: Buffer;
  before(async () => {
    archive = await packExtension();
  });

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
    assert.deepEqual([...readZip(archive).keys()].sort(), wanted.sort());
  });

  it('is smaller than 3 MB', () => {
    assert.ok(archive.length < 3_000_000, `${archive.length} bytes`);
  });
});
