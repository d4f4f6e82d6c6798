import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { modelFiles } from '../imaging/faces/modelFiles.ts';

/**
 * The face detector, which the image process loads when it is first asked for faces: its code, and as files of their own the
 * WebAssembly that it computes with and its model.
 */
export function faceBundles(
  common: BuildOptions,
  outdir: string,
): Record<'faces' | 'faceModel', BuildOptions> {
  const { outfile: _, ...shared } = common;
  return {
    faces: {
      ...common,
      entryPoints: ['imaging/faces/findFaces.ts'],
      outfile: join(outdir, 'faces.js'),
      plugins: [modelBeside, withoutNetwork],
    },
    faceModel: {
      ...shared,
      entryPoints: Object.values(modelFiles()),
      outdir,
      entryNames: '[name]',
      loader: { '.wasm': 'copy', '.json': 'copy', '.bin': 'copy' },
    },
  };
}

const modelBeside: Plugin = {
  name: 'model-beside',
  setup(build) {
    build.onResolve({ filter: /^\.\/modelFiles\.ts$/ }, ({ resolveDir }) => ({
      path: join(resolveDir, 'shippedModelFiles.ts'),
    }));
  },
};

/** TensorFlow.js could fetch models, which is not wanted of it; what it would do that with is left out. */
const withoutNetwork: Plugin = {
  name: 'without-network',
  setup(build) {
    build.onResolve({ filter: /^node-fetch$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: '' }));
  },
};
