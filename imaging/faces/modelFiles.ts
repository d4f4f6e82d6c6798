import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the parts of the face detector that are no code lie. */
export interface ModelFiles {
  /** What TensorFlow.js computes with. */
  readonly wasm: string;
  /** The network, without its numbers. */
  readonly model: string;
  readonly weights: string;
}

/** In their packages, where sources run; the bundle has `shippedModelFiles.ts` in place of this. */
export function modelFiles(): ModelFiles {
  const require = createRequire(import.meta.filename);
  const human = join(dirname(require.resolve('@vladmandic/human')), '../models');
  return {
    wasm: require.resolve('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm'),
    model: join(human, 'blazeface.json'),
    weights: join(human, 'blazeface.bin'),
  };
}
