import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { corpora, corporaMissing } from '../helpers/corpora.ts';

export interface CorpusImage {
  /** Relative to the folder of corpora. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Every image of the public corpora whose file name has one of these extensions, in a fixed order. None where there are no corpora. */
export function corpusImages(...extensions: readonly string[]): CorpusImage[] {
  if (corporaMissing) return [];
  return ['images', 'png-suite']
    .flatMap((folder) => readdirSync(corpora(folder), { recursive: true, withFileTypes: true }))
    .filter(({ name }) => extensions.some((extension) => name.endsWith(`.${extension}`)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: relative(corpora(), path), bytes: readFileSync(path) }));
}
