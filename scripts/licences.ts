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
  const texts = file ? [await readFile(join(folder, file), 'utf8')] : [];
  if (!file && manifest.license === 'Apache-2.0') texts.push(await readLicence('Apache-2.0'));
  texts.push(...(notices[manifest.name] ?? []));
  if (manifest.license?.includes('LGPL')) texts.push(...(await describeParts(folder)));
  const heading = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`;
  return `${[heading, ...texts].map((text) => text.trim()).join('\n\n')}\n`;
}

/** What a package with parts under the LGPL says of them, the licence that they come under, and the one that it builds on. */
async function describeParts(folder: string): Promise<string[]> {
  const parts = await readFile(join(folder, 'README.md'), 'utf8');
  return [parts, replaceable, await readLicence('LGPL-3.0'), await readLicence('GPL-3.0')];
}

function readLicence(id: string): Promise<string> {
  return readFile(join(import.meta.dirname, '..', 'licences', `${id}.txt`), 'utf8');
}

/** What there is to say of packages besides what they say themselves. */
const notices: Readonly<Record<string, readonly string[]>> = {
  '@vladmandic/human': [
    `Of this package, the bundles hold the face detector alone: blazeface.json and blazeface.bin, the BlazeFace model (back
camera) of MediaPipe, Copyright The MediaPipe Authors, converted by the author of this package. MediaPipe and its models
are under the Apache License, Version 2.0, which stands in this file under @tensorflow/tfjs-core.`,
  ],
};

const replaceable = `The files of this package stand in dist/ beside the bundles that use them, and may be replaced there by
another build of the same libraries.`;
