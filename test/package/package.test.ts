import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { sharpLibrary } from '../../scripts/imagingBundles.ts';
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
      'extension/dist/blazeface.bin',
      'extension/dist/blazeface.json',
      'extension/dist/checkThread.js',
      'extension/dist/cli.js',
      'extension/dist/client.js',
      'extension/dist/disk.js',
      'extension/dist/faces.js',
      'extension/dist/imaging.js',
      'extension/dist/job.css',
      'extension/dist/job.js',
      'extension/dist/languageClient.js',
      'extension/dist/licences.txt',
      'extension/dist/o200k.js',
      'extension/dist/package.json',
      'extension/dist/practice.js',
      'extension/dist/preview.css',
      'extension/dist/preview.js',
      'extension/dist/records.css',
      'extension/dist/records.js',
      'extension/dist/server.js',
      'extension/dist/service.js',
      `extension/dist/${sharpLibrary}.js`,
      `extension/dist/${sharpLibrary}.wasm`,
      'extension/dist/tfjs-backend-wasm-simd.wasm',
      'extension/docs/images/findings.png',
      'extension/docs/images/hover.png',
      'extension/docs/images/jobs.png',
      'extension/docs/images/preview.png',
      'extension/docs/images/quickfix.png',
      'extension/docs/images/records.png',
      'extension/docs/images/statistics.png',
      'extension/docs/images/terminal.png',
      'extension/docs/large-files.md',
      'extension/docs/practice-service.md',
      'extension/docs/remote-images.md',
      ...pages,
      'extension/icon.png',
      'extension/package.json',
      'extension/readme.md',
      'extension/samples/broken.jsonl',
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

  it('is smaller than 8 MB', () => {
    assert.ok(archive.length < 8_000_000, `${archive.length} bytes`);
  });

  it('tells under which licence its parts are, and that those under the LGPL may be replaced', () => {
    const licences = readZip(archive).get('extension/dist/licences.txt')?.toString() ?? '';
    const expected = [
      /^@img\/sharp-wasm32 .*LGPL-3\.0-or-later/m,
      /\| libvips +\| LGPLv3/,
      /^ *GNU LESSER GENERAL PUBLIC LICENSE\n +Version 3/m,
      /^ *GNU GENERAL PUBLIC LICENSE\n +Version 3/m,
      /may be replaced/,
    ];
    assert.deepEqual(
      expected.filter((pattern) => !pattern.test(licences)),
      [],
    );
  });

  it('tells under which licence the code and the model of the face detector are', () => {
    const licences = readZip(archive).get('extension/dist/licences.txt')?.toString() ?? '';
    const expected = [
      /^@tensorflow\/tfjs-backend-wasm \S+ \(Apache-2\.0\)\n+Apache License\nVersion 2\.0/m,
      /^@vladmandic\/human \S+ \(MIT\)\n+MIT License/m,
      /BlazeFace model.*\n.*MediaPipe Authors/,
    ];
    assert.deepEqual(
      expected.filter((pattern) => !pattern.test(licences)),
      [],
    );
  });

  it('detects faces in a file that nothing but the image process loads, and that opens no socket', () => {
    const files = readZip(archive);
    const bundle = (name: string): string =>
      files.get(`extension/dist/${name}.js`)?.toString() ?? '';
    for (const name of ['cli', 'client', 'server', 'imaging']) {
      assert.ok(!bundle(name).includes('blazeface'), name);
    }
    const required = [...bundle('faces').matchAll(/\brequire\("([^"]+)"\)/g)];
    const modules = new Set(required.map(([, name = '']) => name.replace('node:', '')));
    assert.deepEqual([...modules].sort(), [
      'fs',
      'fs/promises',
      'os',
      'path',
      'perf_hooks',
      'util',
      'worker_threads',
    ]);
  });

  it('decodes images in no other place than the image process', () => {
    const files = readZip(archive);
    for (const name of ['cli', 'client', 'server']) {
      const bundle = files.get(`extension/dist/${name}.js`)?.toString() ?? '';
      assert.ok(bundle.length > 1000, name);
      assert.ok(!/limitInputPixels|VipsForeignLoad/.test(bundle), name);
    }
  });
});
