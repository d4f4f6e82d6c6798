import type { Io } from '../io.ts';
import { userFolder } from '../../core/service/userFolder.ts';

/** Where what was fetched is remembered. Undefined where the environment names no folder for such things. */
export function cacheFolder(env: Io['env'], platform?: string): string | undefined {
  return userFolder('cache', 'remote', env, platform);
}
