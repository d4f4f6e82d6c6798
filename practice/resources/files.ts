import { unixSeconds } from '../clock.ts';
import type { StoredContent } from '../contentStore.ts';
import type { Environment } from '../environment.ts';
import { newIdentifier } from '../identifier.ts';
import { knownRefusals, Refusal } from '../refusal.ts';
import { inspectFile, type Inspection } from '../training/inspectFile.ts';

export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: string;
  readonly content: StoredContent;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly status: FileStatus;
  /** Why the status is `error`, in the service's words. */
  readonly statusDetails: string | undefined;
}

export type FileStatus = 'waiting' | 'running' | 'processed' | 'error';

export interface NewFile {
  readonly filename: string;
  readonly purpose: string;
  readonly content: StoredContent;
  readonly expiresAfterSeconds?: number | undefined;
}

type MutableFile = { -readonly [K in keyof StoredFile]: StoredFile[K] };

/** The purpose of a file to train on. */
export const trainingPurpose = 'fine-tune';

/** The files of an account. One to train on is read through by and by, and has a verdict then. */
export class Files {
  readonly #environment: Environment;
  readonly #files = new Map<string, MutableFile>();
  readonly #inspections = new Map<string, Promise<Inspection>>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Newest first. */
  get all(): readonly StoredFile[] {
    this.#removeExpired();
    return [...this.#files.values()].reverse();
  }

  get storedBytes(): number {
    return this.all.reduce((sum, { content }) => sum + content.byteLength, 0);
  }

  /** Refuses what would not fit beside the files that there are. */
  reserve(byteLength: number): void {
    const { maxStoredBytes, maxStoredFiles } = this.#environment.context().limits;
    const isFull = this.storedBytes + byteLength > maxStoredBytes;
    if (isFull || this.#files.size + 1 > maxStoredFiles) throw knownRefusals['quota-full']();
  }

  add({ filename, purpose, content, expiresAfterSeconds }: NewFile): StoredFile {
    const { provider, clock } = this.#environment;
    const createdAt = unixSeconds(clock);
    const file: MutableFile = {
      id: newIdentifier('file-', provider),
      filename,
      purpose,
      content,
      createdAt,
      expiresAt: expiresAfterSeconds === undefined ? undefined : createdAt + expiresAfterSeconds,
      status: 'waiting',
      statusDetails: undefined,
    };
    this.#files.set(file.id, file);
    if (purpose === trainingPurpose) this.#process(file);
    else file.status = 'processed';
    return file;
  }

  get(id: string): StoredFile {
    const file = this.find(id);
    if (!file)
      throw new Refusal('notFound', `No such File object: ${id.slice(0, 60)}`, { param: 'id' });
    return file;
  }

  find(id: string): StoredFile | undefined {
    this.#removeExpired();
    return this.#files.get(id);
  }

  async remove(id: string): Promise<void> {
    const file = this.get(id);
    this.#files.delete(id);
    // Somebody may be reading it to its end.
    await this.#inspections.get(id)?.catch(() => undefined);
    this.#inspections.delete(id);
    await this.#environment.store.remove(file.content);
  }

  /** What the service found in a file; read once, when first asked for. */
  inspect(file: StoredFile): Promise<Inspection> {
    const { store, context } = this.#environment;
    const known = this.#inspections.get(file.id);
    if (known) return known;
    const inspection = inspectFile(store.read(file.content), context());
    this.#inspections.set(file.id, inspection);
    return inspection;
  }

  #process(file: MutableFile): void {
    const { clock, work, durations } = this.#environment;
    clock.after(durations.processing / 2, () => (file.status = 'running'));
    clock.after(durations.processing, () => {
      work.start(
        async () => {
          const { refusal } = await this.inspect(file);
          file.status = refusal?.isUnreadable ? 'error' : 'processed';
          if (refusal?.isUnreadable) file.statusDetails = refusal.message;
        },
        () => {
          file.status = 'error';
          file.statusDetails = 'The file could not be read.';
        },
      );
    });
  }

  #removeExpired(): void {
    const { clock, store, work } = this.#environment;
    const now = unixSeconds(clock);
    for (const [id, { expiresAt = Infinity, content }] of this.#files) {
      if (expiresAt > now) continue;
      this.#files.delete(id);
      work.start(
        () => store.remove(content),
        () => undefined,
      );
    }
  }
}
