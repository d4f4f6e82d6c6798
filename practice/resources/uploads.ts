import { unixSeconds } from '../clock.ts';
import type { StoredContent } from '../contentStore.ts';
import type { Environment } from '../environment.ts';
import { newIdentifier } from '../identifier.ts';
import { Refusal } from '../refusal.ts';
import type { Files, StoredFile } from './files.ts';

export interface Upload {
  readonly id: string;
  readonly filename: string;
  readonly purpose: string;
  /** As announced. */
  readonly byteLength: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly status: 'pending' | 'completed' | 'cancelled' | 'expired';
  readonly file: StoredFile | undefined;
}

export interface UploadPart {
  readonly id: string;
  readonly uploadId: string;
  readonly createdAt: number;
  readonly content: StoredContent;
}

export interface NewUpload {
  readonly filename: string;
  readonly purpose: string;
  readonly byteLength: number;
  readonly expiresAfterSeconds?: number | undefined;
}

type MutableUpload = { -readonly [K in keyof Upload]: Upload[K] } & {
  readonly parts: Map<string, UploadPart>;
  readonly expiresAfterSeconds: number | undefined;
};

/** Seconds in which an upload is to be completed. */
const lifetime = 3600;

/** Most bytes of one part. */
export const maxPartBytes = 64 * 1024 ** 2;

/** Files that come in parts, in any order and several at a time. */
export class Uploads {
  readonly #environment: Environment;
  readonly #files: Files;
  readonly #uploads = new Map<string, MutableUpload>();

  constructor(environment: Environment, files: Files) {
    this.#environment = environment;
    this.#files = files;
  }

  add({ filename, purpose, byteLength, expiresAfterSeconds }: NewUpload): Upload {
    const { maxUploadBytes } = this.#environment.context().limits;
    if (byteLength > maxUploadBytes) {
      throw new Refusal('badRequest', `An upload takes at most ${maxUploadBytes} bytes.`, {
        param: 'bytes',
      });
    }
    const createdAt = unixSeconds(this.#environment.clock);
    const upload: MutableUpload = {
      // Azure's begin like OpenAI's.
      id: newIdentifier('upload_', this.#environment.provider),
      filename,
      purpose,
      byteLength,
      createdAt,
      expiresAt: createdAt + lifetime,
      status: 'pending',
      file: undefined,
      parts: new Map(),
      expiresAfterSeconds,
    };
    this.#uploads.set(upload.id, upload);
    return upload;
  }

  addPart(uploadId: string, content: StoredContent): UploadPart {
    const upload = this.#pending(uploadId);
    const { provider, clock } = this.#environment;
    const id = newIdentifier('part_', provider);
    const part = { id, uploadId, createdAt: unixSeconds(clock), content };
    upload.parts.set(id, part);
    return part;
  }

  async complete(
    uploadId: string,
    partIds: readonly string[],
    md5: string | undefined,
  ): Promise<Upload> {
    const { store } = this.#environment;
    const upload = this.#pending(uploadId);
    const parts = partIds.map((id) => partOf(upload, id));
    const total = parts.reduce((sum, { content }) => sum + content.byteLength, 0);
    if (total !== upload.byteLength) {
      throw new Refusal(
        'badRequest',
        `The parts have ${total} bytes, and the upload was created for ${upload.byteLength}.`,
        { param: 'part_ids' },
      );
    }
    this.#files.reserve(total);
    const content = await store.join(parts.map((part) => part.content));
    try {
      if (md5 !== undefined && md5.toLowerCase() !== content.md5) {
        throw new Refusal('badRequest', 'The MD5 of the parts is another one than given.', {
          param: 'md5',
        });
      }
      // While the parts were put together, somebody may have cancelled or completed it.
      this.#pending(uploadId);
    } catch (error) {
      await store.remove(content);
      throw error;
    }
    const { filename, purpose, expiresAfterSeconds } = upload;
    upload.file = this.#files.add({ filename, purpose, content, expiresAfterSeconds });
    upload.status = 'completed';
    this.#removeParts(upload);
    return upload;
  }

  cancel(uploadId: string): Upload {
    const upload = this.#pending(uploadId);
    upload.status = 'cancelled';
    this.#removeParts(upload);
    return upload;
  }

  /** As if their hour were over. */
  expireAll(): void {
    for (const upload of this.#uploads.values())
      if (upload.status === 'pending') this.#expire(upload);
  }

  #pending(id: string): MutableUpload {
    const upload = this.#uploads.get(id);
    if (!upload) throw new Refusal('notFound', `No such Upload object: ${id.slice(0, 60)}`);
    const isLate = unixSeconds(this.#environment.clock) >= upload.expiresAt;
    if (upload.status === 'pending' && isLate) this.#expire(upload);
    if (upload.status === 'pending') return upload;
    throw new Refusal('state', `Upload ${id} is ${upload.status}.`, { param: 'upload_id' });
  }

  #expire(upload: MutableUpload): void {
    upload.status = 'expired';
    this.#removeParts(upload);
  }

  #removeParts({ parts }: MutableUpload): void {
    const { store, work } = this.#environment;
    for (const { content } of parts.values()) {
      work.start(
        () => store.remove(content),
        () => undefined,
      );
    }
    parts.clear();
  }
}

function partOf(upload: MutableUpload, id: string): UploadPart {
  const part = upload.parts.get(id);
  if (part) return part;
  throw new Refusal('badRequest', `No such part of the upload: ${id.slice(0, 60)}`, {
    param: 'part_ids',
  });
}
