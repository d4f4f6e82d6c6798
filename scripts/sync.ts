/** Writes what follows from the code into package.json and schemas/: run it after adding a rule or a limit. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configFileSchema, configuration } from './manifest.ts';

const root = join(import.meta.dirname, '..');
const manifestPath = join(root, 'package.json');
const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as {
  contributes: { configuration: unknown };
};
manifest.contributes.configuration = configuration;
await writeFile(manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
await mkdir(join(root, 'schemas'), { recursive: true });
await writeFile(
  join(root, 'schemas/vision-finetune.schema.json'),
  `${JSON.stringify(configFileSchema, null, 2)}\n`,
);
