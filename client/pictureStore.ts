import { createHash, randomUUID } from 'node:crypto';
import type { FileSystem, Uri } from 'vscode';

/** Pictures kept; the oldest go first. At 10 MB each this is at most 640 MB, and a few MB in practice. */
const maxPictures = 64;

/**
 * Copies of pictures that are too large to stand in a hover's text, in a folder that VS Code serves images from. All
 * windows share it, and none waits for another: what one of them cannot write or delete is left.
 */
export class PictureStore {
  readonly #folder: Uri;
  readonly #files: FileSystem;

  constructor(folder: Uri, files: FileSystem) {
    this.#folder = folder;
    this.#files = files;
  }

  /** The file with these bytes, named by their hash, written unless it is there; undefined where it cannot be. */
  async put(bytes: Uint8Array, extension: string): Promise<Uri | undefined> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const file = this.#fileNamed(`${hash}.${extension}`);
    if (await this.#exists(file)) return file;
    // Of its own, so that two hovers over one picture do not write into each other.
    const unfinished = this.#fileNamed(`${hash}.${randomUUID()}`);
    try {
      await this.#files.createDirectory(this.#folder);
      await this.#files.writeFile(unfinished, bytes);
      await this.#files.rename(unfinished, file, { overwrite: true });
    } catch {
      await this.#delete(unfinished);
      // Where another window holds it open, it is there.
      return (await this.#exists(file)) ? file : undefined;
    }
    await this.#prune();
    return file;
  }

  async #prune(): Promise<void> {
    const names = await this.#names();
    if (names.length <= maxPictures) return;
    const files = await Promise.all(
      names.map(async (name) => {
        const file = this.#fileNamed(name);
        return { file, time: (await this.#timeOf(file)) ?? 0 };
      }),
    );
    files.sort((a, b) => b.time - a.time);
    for (const { file } of files.slice(maxPictures)) await this.#delete(file);
  }

  async #names(): Promise<string[]> {
    try {
      return (await this.#files.readDirectory(this.#folder)).map(([name]) => name);
    } catch {
      return [];
    }
  }

  /** When a file was written, in milliseconds; undefined where there is none. */
  async #timeOf(file: Uri): Promise<number | undefined> {
    try {
      return (await this.#files.stat(file)).mtime;
    } catch {
      return undefined;
    }
  }

  async #exists(file: Uri): Promise<boolean> {
    return (await this.#timeOf(file)) !== undefined;
  }

  async #delete(file: Uri): Promise<void> {
    try {
      await this.#files.delete(file);
    } catch {
      // It is gone already, or the storage is read-only.
    }
  }

  #fileNamed(name: string): Uri {
    return this.#folder.with({ path: `${this.#folder.path}/${name}` });
  }
}
