import { multipartBody } from './multipart.ts';
import type { FileDigest, OpenedFile } from './openedFile.ts';
import type { ServiceClient } from './serviceClient.ts';
import { ServiceError } from './serviceError.ts';
import { surfaces } from './surfaces.ts';
import { defined, fieldsOf, listOf, numberOf, textOf, timeOf, type Defined } from './wire.ts';

/** A file as a service tells it. */
export type ServiceFile = Defined<{
  readonly id: string;
  readonly name: string;
  readonly byteLength: number | undefined;
  readonly createdAt: number | undefined;
  /** `uploaded`, `pending`, `running`, `processed`, `error`, `deleting`, `deleted` */
  readonly status: string | undefined;
  readonly statusDetails: string | undefined;
}>;

/** What is sent, under which name, and who is told of it. */
export interface FileToSend {
  readonly file: OpenedFile;
  readonly digest: FileDigest;
  /** The name at the service: unique to a submission, so that the file can be found by it. */
  readonly name: string;
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** As the documents' own samples name it. */
export const jsonlType = 'application/jsonl';

/**
 * Sends a file in one request. Where the answer is lost, the file is looked for by its name and length; it is sent again
 * only where it is certain that nothing arrived.
 */
export async function uploadFile(client: ServiceClient, toSend: FileToSend): Promise<ServiceFile> {
  try {
    return await postFile(client, toSend);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.outcome !== 'unknown') throw error;
    toSend.signal?.throwIfAborted();
    const found = await findFile(client, toSend);
    if (found) return found;
    throw error;
  }
}

async function postFile(client: ServiceClient, toSend: FileToSend): Promise<ServiceFile> {
  const { file, digest, name, signal } = toSend;
  const body = multipartBody(
    { purpose: 'fine-tune' },
    {
      field: 'file',
      fileName: name,
      contentType: jsonlType,
      byteLength: digest.byteLength,
      chunks: () => counted(file.readAs(digest.sha256), toSend.onProgress),
    },
  );
  const sent = readFile(await client.postOnce('files', body, signal));
  if (sent) return sent;
  throw new ServiceError('not-the-service', 'The answer names no file.', { outcome: 'unknown' });
}

/** Tells how many bytes have been taken so far. */
export async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onProgress: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.length;
    onProgress?.(bytes);
  }
}

/** The file that was sent under a name, if it arrived whole. */
export async function findFile(
  client: ServiceClient,
  { name, digest, signal }: Pick<FileToSend, 'name' | 'digest' | 'signal'>,
): Promise<ServiceFile | undefined> {
  const files = await listFiles(client, signal);
  return files.find((file) => file.name === name && file.byteLength === digest.byteLength);
}

/** The training files that are stored there. */
export async function listFiles(
  client: ServiceClient,
  signal?: AbortSignal,
): Promise<readonly ServiceFile[]> {
  const listed = fieldsOf(await client.get('files', { purpose: 'fine-tune' }, signal));
  return listOf(listed['data']).flatMap((value) => readFile(value) ?? []);
}

export async function getFile(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): Promise<ServiceFile | undefined> {
  return readFile(await client.get(filePath(id), undefined, signal));
}

/** Whether a file that was there once still is. */
export async function isFileThere(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const { status } = (await getFile(client, id, signal)) ?? {};
    return status !== 'deleted' && status !== 'deleting';
  } catch (error) {
    if (error instanceof ServiceError && error.kind === 'not-found') return false;
    throw error;
  }
}

/** Between two looks at a file that is being processed, in milliseconds. */
const processingWait = 3000;
/** Azure screens every image first; its documents speak of minutes to hours. After this long a person decides. */
const longestProcessing = 2 * 60 * 60 * 1000;

/** Waits until a job may name the file. Throws where the service found it unfit. */
export async function waitUntilProcessed(
  client: ServiceClient,
  id: string,
  { onStatus, signal }: WaitOptions = {},
): Promise<void> {
  if (!surfaces[client.endpoint.surface].processesFiles.value) return;
  const end = client.clock.now() + longestProcessing;
  for (;;) {
    const { status, statusDetails } = (await getFile(client, id, signal)) ?? {};
    if (status === undefined || status === 'processed') return;
    if (status === 'error' || status === 'deleted' || status === 'deleting') {
      throw new ServiceError('file-refused', refusedWords(status, statusDetails), {
        outcome: 'refused',
      });
    }
    if (client.clock.now() > end) throw stillProcessing();
    onStatus?.(status);
    await client.clock.sleep(processingWait, signal);
  }
}

export interface WaitOptions {
  readonly onStatus?: (status: string) => void;
  readonly signal?: AbortSignal | undefined;
}

function refusedWords(status: string, details: string | undefined): string {
  const said = details === undefined ? '' : ` It said: ${details}`;
  return `The service did not accept the file (${status}). Repair it and submit it again.${said}`;
}

function stillProcessing(): ServiceError {
  return new ServiceError(
    'timeout',
    'The service is still processing the file after two hours. Submit again later: the file is there and is not sent twice.',
    { outcome: 'refused' },
  );
}

/** The bytes of a file at the service, as a results file is. */
export async function downloadFile(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): Promise<Buffer> {
  return client.getBytes(`${filePath(id)}/content`, signal);
}

export async function deleteFile(
  client: ServiceClient,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  await client.delete(filePath(id), signal);
}

function filePath(id: string): string {
  return `files/${encodeURIComponent(id)}`;
}

export function readFile(value: unknown): ServiceFile | undefined {
  const fields = fieldsOf(value);
  const id = textOf(fields['id']);
  if (id === undefined) return undefined;
  return defined({
    id,
    name: textOf(fields['filename']) ?? '',
    byteLength: numberOf(fields['bytes']),
    createdAt: timeOf(fields['created_at']),
    status: textOf(fields['status']),
    statusDetails: textOf(fields['status_details']),
  });
}
