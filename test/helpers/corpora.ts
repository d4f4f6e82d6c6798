import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const variable = 'VISION_FINETUNE_CORPORA';
const root = resolve(
  process.env[variable] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpora'),
);

/** Why what needs the corpora is skipped, for the report of the tests; false where they are there. */
export const corporaMissing =
  !existsSync(root) && `needs the test corpora: set ${variable} to their folder`;

/** Absolute path inside the folder of public test corpora. Throws when it is not there: nothing is skipped in silence. */
export function corpora(...path: string[]): string {
  const wanted = join(root, ...path);
  if (!existsSync(wanted)) {
    throw new Error(`${wanted} does not exist: set ${variable} to the folder of test corpora`);
  }
  return wanted;
}
