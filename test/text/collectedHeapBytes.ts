import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What lives on the heap, after a full collection. */
export function collectedHeapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
