import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import packageJson from '../package.json' with { type: 'json' };

const require = createRequire(import.meta.url);

/** Of sharp and of its WebAssembly build, which go together. */
const version = packageJson.devDependencies['@img/sharp-wasm32'];

/** `sharp-wasm32-0.35.5.node`: the glue looks for the WebAssembly beside it under this name. */
export const sharpLibrary = `sharp-wasm32-${version}.node`;

const libraryFolder = join(dirname(require.resolve('@img/sharp-wasm32/package')), 'lib');

/**
 * The image process without the library it decodes with, and that library as two files: libvips, glib and others in it are
 * under the LGPL, so that whoever wants may put another build in their place.
 */
export function imagingBundles(
  common: BuildOptions,
  outdir: string,
): Record<'imaging' | 'sharpLibrary', BuildOptions> {
  const { outfile: _, ...shared } = common;
  return {
    imaging: {
      ...common,
      entryPoints: ['imaging/main.ts'],
      outfile: join(outdir, 'imaging.js'),
      plugins: [libraryBeside],
      external: [`./${sharpLibrary}.js`],
    },
    sharpLibrary: {
      ...shared,
      entryPoints: ['js', 'wasm'].map((end) => join(libraryFolder, `${sharpLibrary}.${end}`)),
      outdir,
      entryNames: '[name]',
      loader: { '.wasm': 'copy' },
      // It starts itself again as threads, and asks its own name for that.
      define: {},
    },
  };
}

/**
 * Sharp is taken by its CommonJS modules, since those of ES look for the library at run time; and the one of them that
 * chooses among all its builds is replaced by the only one that is there.
 */
const libraryBeside: Plugin = {
  name: 'library-beside',
  setup(build) {
    build.onResolve({ filter: /^sharp$/ }, () => ({ path: require.resolve('sharp') }));
    build.onLoad({ filter: /[/\\]sharp[/\\]dist[/\\]sharp\.cjs$/ }, () => ({
      contents: `module.exports = require('./${sharpLibrary}.js');`,
    }));
    build.onLoad({ filter: /preferWebAssembly\.ts$/ }, () => ({ contents: '' }));
  },
};
