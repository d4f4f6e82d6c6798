import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** The licences of every package whose code is in a bundle, as their terms ask, in one text. */
export async function collectLicences(
  root: string,
  metafiles: readonly Metafile[],
): Promise<string> {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = [...new Set(inputs.flatMap((path) => packageFolder(path) ?? []))].sort();
  const texts = await Promise.all(folders.map((folder) => describePackage(join(root, folder))));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/a/b.js` → `node_modules/a`, scopes and nested packages included. */
function packageFolder(path: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

async function describePackage(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? await readFile(join(folder, file), 'utf8') : '';
  return `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})\n\n${text.trim()}\n`;
}
