import { isAbsolute, join } from 'node:path';

/** Where submissions are remembered, and their receipts kept: by every window and the command line alike. */
export function stateFolder(
  name: 'submissions' | 'receipts',
  env: Environment,
): string | undefined {
  return userFolder('state', name, env);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What a folder is for: what can be thrown away, or what has to be kept from one run to the next. */
export type FolderPurpose = 'cache' | 'state';

/** The variable that names each, and where it is in a home that says nothing else. */
const places: Readonly<Record<FolderPurpose, readonly [variable: string, inHome: string]>> = {
  cache: ['XDG_CACHE_HOME', '.cache'],
  state: ['XDG_STATE_HOME', '.local/state'],
};

/**
 * The user's own folder for something of ours (XDG Base Directory Specification; on Windows within the local application
 * data). Undefined where the environment names none.
 */
export function userFolder(
  purpose: FolderPurpose,
  name: string,
  env: Environment,
  platform: string = process.platform,
): string | undefined {
  const [variable, inHome] = places[purpose];
  const folders =
    platform === 'win32'
      ? [env['LOCALAPPDATA']]
      : [env[variable], env['HOME'] && join(env['HOME'], inHome)];
  // The specification has relative ones ignored.
  const folder = folders.find((each) => each !== undefined && isAbsolute(each));
  return folder === undefined ? undefined : join(folder, 'vision-finetune', name);
}
