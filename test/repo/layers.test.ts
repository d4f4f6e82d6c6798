import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { readText, repositoryFiles } from '../helpers/repository.ts';

interface Layer {
  readonly folder: string;
  /** Folders, or files without their ending, from which it may import besides itself. */
  readonly imports: readonly string[];
}

const layers = readLayers(readText('docs/architecture.md'));
const sources = repositoryFiles().filter(
  (path) =>
    /^(?:core|imaging|parallel|disk|practice|server|webview|client|cli)\//.test(path) &&
    path.endsWith('.ts'),
);

describe('the layers of docs/architecture.md', () => {
  it('are the folders that there are', () => {
    const folders = new Set(sources.map(folderOf));
    assert.deepEqual([...folders].sort(), layers.map(({ folder }) => folder).sort());
  });

  it('have no cycle: each folder of core imports only from those above it', () => {
    for (const [index, { folder, imports }] of layers.entries()) {
      const above = layers.slice(0, index).map((layer) => layer.folder);
      const below = imports.filter((each) => each.startsWith('core/') && !above.includes(each));
      assert.deepEqual(below, [], folder);
    }
  });

  for (const { folder, imports } of layers) {
    it(`are kept by ${folder}`, () => {
      const allowed = [folder, ...imports];
      const wrong = sources
        .filter((path) => folderOf(path) === folder)
        .flatMap((path) => importsOf(path).map((target) => ({ path, target })))
        .filter(({ target }) => !allowed.includes(folderOf(target)) && !allowed.includes(target))
        .map(({ path, target }) => `${path} imports ${target}`);
      assert.deepEqual(wrong, []);
    });
  }
});

/** The rows of the table whose last column says who may import whom. */
function readLayers(page: string): Layer[] {
  const found: Layer[] = [];
  for (const [, folder = '', imports = ''] of page.matchAll(
    /^\| `([a-z/]+)` \|.*\| ([^|]+) \|$/gm,
  )) {
    const above = found.map((layer) => layer.folder);
    const names = imports.split(', ').map((name) => name.replaceAll('`', ''));
    found.push({ folder, imports: names.flatMap((name) => resolveName(name, above)) });
  }
  return found;
}

function resolveName(name: string, above: readonly string[]): readonly string[] {
  if (name === 'nothing') return [];
  if (name === 'everything above') return above;
  if (name === 'core') return above.filter((folder) => folder.startsWith('core/'));
  if (above.includes(name)) return [name];
  return [name.includes('/') ? name : `core/${name}`];
}

/** `core/text` of `core/text/span.ts`, and `server` of `server/features/hover.ts`. */
function folderOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'core' ? `${top}/${second}` : top;
}

/** The source files that one imports, from the root and without their ending. Data, as package.json, is no layer. */
function importsOf(path: string): string[] {
  const imports = readText(path).matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.ts['"]/g);
  return [...imports].map(([, target = '']) => posix.join(posix.dirname(path), target));
}
