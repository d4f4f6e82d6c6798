import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Node.js has no other way to ask for it from inside; an option of the command line would have to pass Electron too.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Gives back the pixels of the last picture at once. They lie outside of the heap that V8 watches, which by itself lets a
 * hundred pictures pile up to gigabytes.
 */
export function collectGarbage(): void {
  collect();
}
