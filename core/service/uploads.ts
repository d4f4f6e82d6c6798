import {
  counted,
  findFile,
  jsonlType,
  readFile,
  type FileToSend,
  type ServiceFile,
} from './files.ts';
import { multipartBody } from './multipart.ts';
import { withRetries } from './retry.ts';
import { jsonBody, type ServiceClient } from './serviceClient.ts';
import { ServiceError, type ErrorKind } from './serviceError.ts';
import { fieldsOf, textOf, timeOf, type Fields } from './wire.ts';

/** How far an upload in parts has come: all that it takes to go on after a restart. */
export interface UploadState {
  readonly uploadId: string;
  /** Milliseconds since the epoch; what is not complete by then is gone. */
  readonly expiresAt: number;
  /** The service's id of each part that has arrived, by its index. */
  readonly parts: Readonly<Record<number, string>>;
}

export interface PartedUpload extends FileToSend {
  /** Where an earlier run stopped. */
  readonly state?: UploadState | undefined;
  /** Told after each step, before the next: to be kept. */
  readonly onState: (state: UploadState) => Promise<void>;
}

/** More do not make it faster, and each holds a connection. */
const partsAtOnce = 2;
/** With less time left than this, an upload is begun anew, in milliseconds. */
const leastTimeLeft = 60_000;

/** Sends a file in parts; a part that fails is sent again by itself, and a run that was stopped is continued. */
export async function uploadInParts(
  client: ServiceClient,
  upload: PartedUpload,
): Promise<ServiceFile> {
  const earlier = isOpen(upload.state, client.clock.now()) ? upload.state : undefined;
  const state = earlier ?? (await begin(client, upload));
  try {
    const parts = await new PartSender(client, upload, state).run();
    return await complete(client, upload, state.uploadId, parts);
  } catch (error) {
    if (!isGone(error)) throw error;
    // An earlier run's upload that the service has given up meanwhile costs no more than its parts.
    if (earlier) return uploadInParts(client, { ...upload, state: undefined });
    throw client.clock.now() < state.expiresAt ? error : expired();
  }
}

function isOpen(state: UploadState | undefined, now: number): boolean {
  return state !== undefined && state.expiresAt > now + leastTimeLeft;
}

/** Whether the service refuses the upload itself, and not who asks. */
function isGone(error: unknown): boolean {
  return error instanceof ServiceError && goneKinds.has(error.kind);
}

const goneKinds: ReadonlySet<ErrorKind> = new Set(['not-found', 'refused', 'conflict']);

function expired(): ServiceError {
  return new ServiceError(
    'upload-expired',
    'The service gave up the upload before it was complete: it keeps one open for an hour. Submit again; it is begun anew.',
    { outcome: 'refused' },
  );
}

async function begin(client: ServiceClient, upload: PartedUpload): Promise<UploadState> {
  const { name, digest, signal, onState } = upload;
  const request = jsonBody({
    filename: name,
    purpose: 'fine-tune',
    bytes: digest.byteLength,
    mime_type: jsonlType,
  });
  const begun = fieldsOf(await client.postOnce('uploads', request, signal));
  const uploadId = textOf(begun['id']);
  if (uploadId === undefined) {
    throw new ServiceError('not-the-service', 'The answer names no upload.', {
      outcome: 'unknown',
    });
  }
  const expiresAt = expiryOf(begun, client.clock.now());
  const state = { uploadId, expiresAt, parts: {} };
  await onState(state);
  return state;
}

/** By the clock of this machine, which may be off: how long it stays open, the service tells by its own. */
function expiryOf(begun: Fields, now: number): number {
  const [created, expires] = [timeOf(begun['created_at']), timeOf(begun['expires_at'])];
  if (expires === undefined) return now;
  return created === undefined ? expires : now + expires - created;
}

/** Sends the parts that are missing, two at a time, and notes each that has arrived. */
class PartSender {
  readonly #client: ServiceClient;
  readonly #upload: PartedUpload;
  readonly #waiting: number[];
  readonly #sentBytes = new Map<number, number>();
  #state: UploadState;
  #noted: Promise<void> = Promise.resolve();

  constructor(client: ServiceClient, upload: PartedUpload, state: UploadState) {
    this.#client = client;
    this.#upload = upload;
    this.#state = state;
    const indices = upload.digest.parts.map((_, index) => index);
    this.#waiting = indices.filter((index) => state.parts[index] === undefined);
    for (const index of indices) {
      if (state.parts[index] !== undefined) this.#tell(index, this.#lengthOf(index));
    }
  }

  /** The service's ids in the order of the parts. */
  async run(): Promise<readonly string[]> {
    const stop = new AbortController();
    const signal = AbortSignal.any([
      stop.signal,
      ...(this.#upload.signal ? [this.#upload.signal] : []),
    ]);
    const workers = Array.from({ length: partsAtOnce }, async () => this.#work(signal));
    try {
      await Promise.all(workers);
    } finally {
      // Where one part has failed for good, the other is not worth its bytes.
      stop.abort();
      await Promise.allSettled(workers);
      await this.#noted;
    }
    return this.#upload.digest.parts.map((_, index) => this.#state.parts[index] ?? '');
  }

  async #work(signal: AbortSignal): Promise<void> {
    for (let index = this.#waiting.shift(); index !== undefined; index = this.#waiting.shift()) {
      await this.#send(index, signal);
    }
  }

  /** A part that arrives twice is two parts, of which only the one that is named at the end counts. */
  async #send(index: number, signal: AbortSignal): Promise<void> {
    const id = await withRetries(async () => this.#post(index, signal), {
      clock: this.#client.clock,
      random: Math.random,
      signal,
    });
    this.#state = { ...this.#state, parts: { ...this.#state.parts, [index]: id } };
    const state = this.#state;
    this.#noted = this.#noted.then(async () => this.#upload.onState(state));
    await this.#noted;
  }

  async #post(index: number, signal: AbortSignal): Promise<string> {
    const { file, digest, name } = this.#upload;
    const start = index * digest.partBytes;
    const length = this.#lengthOf(index);
    const body = multipartBody(
      {},
      {
        field: 'data',
        fileName: name,
        contentType: 'application/octet-stream',
        byteLength: length,
        chunks: () =>
          counted(file.readAs(digest.parts[index] ?? '', start, start + length), (bytes) => {
            this.#tell(index, bytes);
          }),
      },
    );
    const path = `uploads/${encodeURIComponent(this.#state.uploadId)}/parts`;
    const id = textOf(fieldsOf(await this.#client.postOnce(path, body, signal))['id']);
    if (id !== undefined) return id;
    throw new ServiceError('not-the-service', 'The answer names no part.', { outcome: 'unknown' });
  }

  #lengthOf(index: number): number {
    const { byteLength, partBytes } = this.#upload.digest;
    return Math.min(partBytes, byteLength - index * partBytes);
  }

  #tell(index: number, bytes: number): void {
    this.#sentBytes.set(index, bytes);
    const all = [...this.#sentBytes.values()].reduce((sum, part) => sum + part, 0);
    this.#upload.onProgress?.(all);
  }
}

/** Where the answer is lost, the list of files tells whether the upload is complete. */
async function complete(
  client: ServiceClient,
  upload: PartedUpload,
  uploadId: string,
  partIds: readonly string[],
): Promise<ServiceFile> {
  try {
    return await postComplete(client, upload, uploadId, partIds);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.outcome !== 'unknown') throw error;
    upload.signal?.throwIfAborted();
    const found = await findFile(client, upload);
    if (found) return found;
    throw error;
  }
}

async function postComplete(
  client: ServiceClient,
  { digest, signal }: PartedUpload,
  uploadId: string,
  partIds: readonly string[],
): Promise<ServiceFile> {
  const path = `uploads/${encodeURIComponent(uploadId)}/complete`;
  const request = jsonBody({ part_ids: partIds, md5: digest.md5 });
  const completed = fieldsOf(await client.postOnce(path, request, signal));
  const file = readFile(completed['file']);
  if (file) return file;
  throw new ServiceError('not-the-service', 'The answer names no file.', { outcome: 'unknown' });
}

/** Gives up an upload, so that it takes no room at the service. */
export async function cancelUpload(client: ServiceClient, uploadId: string): Promise<void> {
  await client.postRepeatable(`uploads/${encodeURIComponent(uploadId)}/cancel`);
}
