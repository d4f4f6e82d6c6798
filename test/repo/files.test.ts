import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readText, repositoryFiles } from '../helpers/repository.ts';

const files = repositoryFiles();
const texts = files
  .filter((path) => !/\.(?:png|jpe?g|webp|gif|wasm|vsix|woff2?)$/.test(path))
  .map((path) => ({ path, text: readText(path) }));

describe('every test file', () => {
  it('lies where the unit tests are looked for, or the specs in VS Code (test/editor/run.ts)', () => {
    const glob = /'([^']+\.test\.ts)'/.exec(readText('scripts/test.ts'))?.[1];
    assert.ok(glob, 'scripts/test.ts names no files');
    const run = globSync(glob, { cwd: join(import.meta.dirname, '../..') });
    const specs = files.filter((path) => /^test\/editor\/[^/]+\.spec\.ts$/.test(path));
    const found = new Set([...run.map((path) => path.replaceAll('\\', '/')), ...specs]);
    assert.deepEqual(
      files.filter((path) => /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path) && !found.has(path)),
      [],
    );
  });

  it('has a test in it', () => {
    const empty = texts.filter(
      ({ path, text }) => path.endsWith('.test.ts') && !/\b(?:it|test)\(/.test(text),
    );
    assert.deepEqual(pathsOf(empty), []);
  });
});

describe('no file of the repository', () => {
  it('leaves something to do without the number of an issue', () => {
    // Put together here, so that this line is not found.
    const words = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|');
    assert.deepEqual(linesWith(new RegExp(`\\b(?:${words})\\b(?!.*#\\d)`)), []);
  });

  it('names the registry that a package came from', () => {
    assert.deepEqual(linesWith(/\bregistry\.[a-z0-9-]+\.[a-z]|"resolved"\s*:/), []);
  });

  it('names a folder of the machine that it was made on', () => {
    assert.deepEqual(
      linesWith(/(?<![\w.$}:/])\/(?:home|Users|root|work)\/[\w.-]|[A-Z]:\\Users\\/),
      [],
    );
  });
});

/** `path:line` of every line that matches. */
function linesWith(pattern: RegExp): string[] {
  return texts.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

function pathsOf(found: readonly { readonly path: string }[]): string[] {
  return found.map(({ path }) => path);
}
