import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { restoreBytes, type Embedding } from '../../core/image/embedBytes.ts';
import { mapName, readAddresses } from '../../core/image/imageMap.ts';
import { UsageError, type Io } from '../io.ts';
import { isSystemError } from '../systemError.ts';
import type { ImageStore } from './embedImages.ts';

/** A longer file is no image that a service takes, and is not read. */
const maxFileBytes = 40_000_000;

/** Images that were extracted to a folder before, as their files are now. */
export class FolderImages implements ImageStore {
  readonly #folder: string;
  readonly #given: string;
  readonly #maxBytes: number;
  #names: ReadonlyMap<string, string> = new Map();

  /** `given` is the folder as the person wrote it. */
  constructor(given: string, maxBytes: number, { cwd }: Pick<Io, 'cwd'>) {
    this.#folder = resolve(cwd, given);
    this.#given = given;
    this.#maxBytes = maxBytes;
  }

  async survey(addresses: readonly string[]): Promise<{ count: number; where: string }> {
    const json = await this.#read(mapName);
    const names = json && readAddresses(json.toString());
    if (!names) {
      throw new UsageError(`${this.#given} has no ${mapName} that tells which image is which`);
    }
    this.#names = names;
    const count = addresses.filter((address) => names.has(address)).length;
    return { count, where: `from ${this.#given}` };
  }

  async load(addresses: ReadonlySet<string>): Promise<ReadonlyMap<string, Embedding>> {
    const embeddings = new Map<string, Embedding>();
    for (const address of addresses) {
      const name = this.#names.get(address);
      if (name !== undefined) embeddings.set(address, await this.#embed(name));
    }
    return embeddings;
  }

  dispose(): void {
    // Nothing is on its way.
  }

  async #embed(name: string): Promise<Embedding> {
    const bytes = await this.#read(name);
    const embedding: Embedding = bytes
      ? restoreBytes(bytes, this.#maxBytes)
      : { kind: 'left', reason: 'its file cannot be read' };
    if (embedding.kind !== 'left') return embedding;
    return { kind: 'left', reason: `${join(this.#given, name)}: ${embedding.reason}` };
  }

  /** Undefined for what is not there, or is longer than any image. */
  async #read(name: string): Promise<Buffer | undefined> {
    const path = join(this.#folder, name);
    try {
      const { size } = await stat(path);
      return size > maxFileBytes ? undefined : await readFile(path);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return undefined;
    }
  }
}
