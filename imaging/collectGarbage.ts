import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Node.js has no other way to ask for it from inside; an option of the command line would have to pass Electron too.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Bytes that pictures which are done may keep. To collect takes 20 ms, five times what a small picture does, so it is left
 * until there is something to give back.
 */
const allowance = 64_000_000;

/** Bytes that the process held when it had given all back, or less since. */
let floor = process.memoryUsage.rss();

/**
 * Gives back the pixels of the last pictures as soon as they are many. They lie outside of the heap that V8 watches, which
 * by itself lets a hundred pictures pile up to gigabytes.
 */
export function collectGarbage(): void {
  const held = process.memoryUsage.rss();
  floor = Math.min(floor, held);
  if (held - floor < allowance) return;
  collect();
  floor = process.memoryUsage.rss();
}
