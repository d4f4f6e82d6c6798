import { isAbsolute, join } from 'node:path';
import type { Io } from '../io.ts';

/**
 * Where what was fetched is remembered: in the user's folder for such things (XDG Base Directory Specification; on Windows
 * the local application data). Undefined where the environment names none.
 */
export function cacheFolder(
  env: Io['env'],
  platform: string = process.platform,
): string | undefined {
  const folders =
    platform === 'win32'
      ? [env['LOCALAPPDATA']]
      : [env['XDG_CACHE_HOME'], env['HOME'] && join(env['HOME'], '.cache')];
  // The specification has relative ones ignored.
  const folder = folders.find((each) => each !== undefined && isAbsolute(each));
  return folder === undefined ? undefined : join(folder, 'vision-finetune', 'remote');
}
