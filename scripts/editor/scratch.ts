import { copyFile, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './places.ts';

/** Copies the samples into a new temporary folder, so that trying things out leaves the checkout as it was. */
export async function copySamples(): Promise<string> {
  const samples = join(repository, 'samples');
  const copy = await mkdtemp(join(tmpdir(), 'vision-finetune-samples-'));
  for (const name of await readdir(samples)) {
    // The rest is how the samples are made.
    if (/\.(jsonl|md)$/.test(name)) await copyFile(join(samples, name), join(copy, name));
  }
  return copy;
}
