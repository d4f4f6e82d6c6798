import { randomUUID } from 'node:crypto';
import type { FileSystem, Uri } from 'vscode';

/** Pictures kept; the oldest go first. Smaller copies take some 50 kB each. */
const maxPictures = 256;

/**
 * Pictures in a folder that VS Code serves images from: smaller copies, to be found again in the next window, and what is
 * too large to stand in a hover's text. All windows share it, and none waits for another: what one of them cannot write
 * or delete is left.
 */
export class PictureStore {
  readonly #folder: Uri;
  readonly #files: FileSystem;

  constructor(folder: Uri, files: FileSystem) {
    this.#folder = folder;
    this.#files = files;
  }

  /** The bytes under a name; undefined where there are none. */
  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#files.readFile(this.#fileNamed(name));
    } catch {
      return undefined;
    }
  }

  /**
   * The file of this name, written unless it is there; undefined where it cannot be. A name says what the bytes are, so
   * that those under one name are always the same.
   */
  async put(name: string, bytes: Uint8Array): Promise<Uri | undefined> {
    const file = this.#fileNamed(name);
    if (await this.#exists(file)) return file;
    // Of its own, so that two hovers over one picture do not write into each other.
    const unfinished = this.#fileNamed(`${name}.${randomUUID()}`);
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
