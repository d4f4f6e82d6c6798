import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import type * as practice from './practice.ts';

/**
 * The service and the library of its contract, which are read only when somebody starts it. From practice.ts beside this
 * module; in a bundle, which holds this module but not that one, from the practice.js beside it.
 */
export function loadPractice(): typeof practice {
  const path = join(import.meta.dirname, `practice${extname(import.meta.filename)}`);
  return createRequire(path)(path) as typeof practice;
}
