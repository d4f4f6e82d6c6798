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
      'extension/docs/images/findings.png',
      'extension/docs/images/hover.png',
      'extension/docs/images/terminal.png',
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

  it('has all pages and pictures that its page in the list of extensions leads to', () => {
    const files = readZip(archive);
    const page = files.get('extension/readme.md')?.toString() ?? '';
    const targets = [...page.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target = '']) => target);
    const missing = targets.filter(
      (each) => !URL.canParse(each) && !files.has(`extension/${each}`),
    );
    assert.deepEqual(missing, []);
    assert.ok(targets.includes('docs/images/findings.png'), targets.join());
    assert.ok(targets.includes('docs/rules/README.md'), targets.join());
    assert.match(page, /on samples with it/);
  });

  it('is smaller than 3 MB', () => {
    assert.ok(archive.length < 3_000_000, `${archive.length} bytes`);
  });
});
