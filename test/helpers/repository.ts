import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, matchesGlob, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** All files of the repository that `.gitignore` does not name, as paths from its root with `/`, sorted. Needs no git. */
export function repositoryFiles(): string[] {
  const ignored = ['.git', ...readText('.gitignore').split(/\r?\n/).filter(Boolean)];
  const isIgnored = (name: string): boolean => ignored.some((glob) => matchesGlob(name, glob));
  const files: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (isIgnored(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else files.push(path.replaceAll(sep, '/'));
    }
  };
  walk('');
  return files.sort();
}

/** Names, without their ending, of the files of one folder that have it. */
export function namesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => basename(name, ending))
    .sort();
}

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
