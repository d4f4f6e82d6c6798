import { extname, join } from 'node:path';

/** The image process beside this module; in a bundle, which holds this module but not that one, `imaging.js` beside it. */
export const imagingScript = join(
  import.meta.dirname,
  extname(import.meta.filename) === '.ts' ? 'main.ts' : 'imaging.js',
);
