import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** Bytes that the service keeps, in a file whose name nobody outside chooses. */
export interface StoredContent {
  readonly path: string;
  readonly byteLength: number;
  /** Lower-case hexadecimal. */
  readonly md5: string;
  readonly sha256: string;
}

type Chunks = AsyncIterable<Buffer> | Iterable<Buffer>;

/**
 * Keeps the contents of files on disk, in a folder that goes when the store is closed or the process ends. Nothing that
 * is kept is held in memory.
 */
export class ContentStore {
  #folder: string | undefined;
  readonly #parent: string;
  readonly #removeFolder = (): void => {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  };

  /** The folder is made in `parent`, by default that of the system for temporary files, when the first content comes. */
  constructor(parent = tmpdir()) {
    this.#parent = parent;
  }

  /** Undefined until something was kept, and after it was closed. */
  get folder(): string | undefined {
    return this.#folder;
  }

  /** Refuses more than `maxBytes` as soon as they have come, and keeps nothing of them then. */
  async write(chunks: Chunks, maxBytes = Infinity): Promise<StoredContent> {
    const path = join(await this.#open(), randomUUID());
    const file = await open(path, 'wx');
    try {
      return { path, ...(await writeAll(file, chunks, maxBytes)) };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  /** The bytes of several contents one after the other, as a content of its own. */
  join(contents: readonly StoredContent[]): Promise<StoredContent> {
    const read = (content: StoredContent) => this.read(content);
    return this.write(
      (async function* () {
        for (const content of contents) yield* read(content);
      })(),
    );
  }

  read({ path }: StoredContent): AsyncIterable<Buffer> {
    return createReadStream(path, { highWaterMark: 1 << 18 });
  }

  async remove({ path }: StoredContent): Promise<void> {
    await rm(path, { force: true });
  }

  close(): void {
    process.off('exit', this.#removeFolder);
    this.#removeFolder();
  }

  async #open(): Promise<string> {
    if (this.#folder === undefined) {
      await mkdir(this.#parent, { recursive: true });
      this.#folder ??= mkdtempSync(join(this.#parent, 'vision-finetune-practice-'));
      process.once('exit', this.#removeFolder);
    }
    return this.#folder;
  }
}

async function writeAll(
  file: FileHandle,
  chunks: Chunks,
  maxBytes: number,
): Promise<Omit<StoredContent, 'path'>> {
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let byteLength = 0;
  for await (const chunk of chunks as AsyncIterable<Buffer>) {
    byteLength += chunk.length;
    if (byteLength > maxBytes) {
      throw new Refusal('tooLarge', `The file is over ${maxBytes} bytes.`, { param: 'file' });
    }
    md5.update(chunk);
    sha256.update(chunk);
    await file.appendFile(chunk);
  }
  return { byteLength, md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}
