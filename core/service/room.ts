import { countOf } from '../finding/words.ts';
import { formatBytes } from '../image/describeImage.ts';
import type { Profile } from '../profile/profile.ts';
import { readFile } from './files.ts';
import { cannotList } from './findJob.ts';
import type { ServiceClient } from './serviceClient.ts';
import { ServiceError } from './serviceError.ts';
import { fieldsOf, listOf } from './wire.ts';

/** What is stored already where files are to be sent. */
export interface StoredFiles {
  readonly count: number;
  readonly byteLength: number;
}

/**
 * Asks what is stored. Neither provider tells its quota; what counts against it, both list. Undefined where listing is not
 * permitted. Throws what would stop a submission as well: the key is wrong, or nobody answers.
 */
export async function listStored(
  client: ServiceClient,
  signal?: AbortSignal,
): Promise<StoredFiles | undefined> {
  try {
    const listed = fieldsOf(await client.get('files', undefined, signal));
    const files = listOf(listed['data']).map(readFile);
    const byteLength = files.reduce((sum, file) => sum + (file?.byteLength ?? 0), 0);
    return { count: files.length, byteLength };
  } catch (error) {
    if (error instanceof ServiceError && cannotList.has(error.kind)) return undefined;
    throw error;
  }
}

/** `3 files, 1.2 MB of 1 GB (100 files at most)`, and whether files of these lengths still go beside them. */
export function describeRoom(
  { count, byteLength }: StoredFiles,
  { limits: { maxStoredBytes, maxStoredFiles } }: Pick<Profile, 'limits'>,
  added: readonly number[],
): string {
  const mostFiles = maxStoredFiles?.value ?? Infinity;
  const most = mostFiles === Infinity ? '' : ` (${countOf(mostFiles, 'file')} at most)`;
  const room = `${countOf(count, 'file')}, ${formatBytes(byteLength)} of ${formatBytes(maxStoredBytes.value)}${most}`;
  const bytes = added.reduce((sum, each) => sum + each, byteLength);
  const fits = bytes <= maxStoredBytes.value && count + added.length <= mostFiles;
  return fits ? room : `${room}: these do not fit beside them; delete some first`;
}
