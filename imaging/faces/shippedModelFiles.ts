import { join } from 'node:path';
import type { ModelFiles } from './modelFiles.ts';

/** Beside the bundle. */
export function modelFiles(): ModelFiles {
  const file = (name: string): string => join(import.meta.dirname, name);
  return {
    wasm: file('tfjs-backend-wasm-simd.wasm'),
    model: file('blazeface.json'),
    weights: file('blazeface.bin'),
  };
}
