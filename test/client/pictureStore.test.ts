import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FileSystem, Uri } from 'vscode';
import { PictureStore } from '../../client/pictureStore.ts';

const folder = uriOf('/pictures');

/** As much of an address as the store uses. */
function uriOf(path: string): Uri {
  const uri: Pick<Uri, 'path' | 'with'> = {
    path,
    with: ({ path: other = path }) => uriOf(other),
  };
  return uri as Uri;
}

/** Files in memory; `refused` are the operations that fail, as on a full or a read-only disk. */
class MemoryFiles implements Partial<FileSystem> {
  readonly files = new Map<string, { bytes: Uint8Array; mtime: number }>();
  readonly refused = new Set<keyof FileSystem>();
  /** Paths in the order in which they were written. */
  readonly written: string[] = [];

  async createDirectory(): Promise<void> {
    await this.#begin('createDirectory');
  }

  async writeFile({ path }: Uri, bytes: Uint8Array): Promise<void> {
    await this.#begin('writeFile');
    this.written.push(path);
    this.files.set(path, { bytes, mtime: this.written.length });
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    await this.#begin('readFile');
    return this.#at(uri).bytes;
  }

  async rename(from: Uri, to: Uri): Promise<void> {
    await this.#begin('rename');
    this.files.set(to.path, this.#at(from));
    this.files.delete(from.path);
  }

  async stat(uri: Uri) {
    await this.#begin('stat');
    const { bytes, mtime } = this.#at(uri);
    return { type: 1, ctime: mtime, mtime, size: bytes.length };
  }

  async readDirectory(): Promise<[string, number][]> {
    await this.#begin('readDirectory');
    return [...this.files.keys()].map((path) => [path.slice(folder.path.length + 1), 1]);
  }

  async delete(uri: Uri): Promise<void> {
    await this.#begin('delete');
    this.#at(uri);
    this.files.delete(uri.path);
  }

  #at({ path }: Uri): { bytes: Uint8Array; mtime: number } {
    return this.files.get(path) ?? assert.fail(`${path} is not there`);
  }

  async #begin(operation: keyof FileSystem): Promise<void> {
    await Promise.resolve();
    if (this.refused.has(operation)) throw new Error(`${operation} refused`);
  }
}

describe('the store of pictures', () => {
  let disk: MemoryFiles;
  let store: PictureStore;
  beforeEach(() => {
    disk = new MemoryFiles();
    store = new PictureStore(folder, disk as Partial<FileSystem> as FileSystem);
  });
  const picture = (index: number): Uint8Array => Uint8Array.of(index, 1, 2);

  it('writes a picture once under its name, and gives it back', async () => {
    const file = await store.put('one.png', picture(1));
    assert.equal(file?.path, '/pictures/one.png');
    assert.equal((await store.put('one.png', picture(1)))?.path, file.path);
    assert.equal(disk.written.length, 1);
    assert.deepEqual([...disk.files.keys()], [file.path]);
    assert.deepEqual(await store.get('one.png'), picture(1));
    assert.equal(await store.get('two.png'), undefined);
  });

  it('writes two copies of one picture at once into two files, and keeps one', async () => {
    const [one, two] = await Promise.all([
      store.put('one.png', picture(1)),
      store.put('one.png', picture(1)),
    ]);
    assert.equal(one?.path, two?.path);
    assert.equal(new Set(disk.written).size, 2);
    assert.deepEqual([...disk.files.keys()], [one?.path]);
  });

  for (const operation of ['createDirectory', 'writeFile', 'rename'] as const) {
    it(`gives no file, and leaves nothing behind, where ${operation} fails`, async () => {
      disk.refused.add(operation);
      assert.equal(await store.put('one.png', picture(1)), undefined);
      assert.deepEqual([...disk.files.keys()], []);
    });
  }

  it('gives the file that another window has written meanwhile', async () => {
    const rename = disk.rename.bind(disk);
    disk.rename = async (from, to) => {
      await rename(from, to);
      throw new Error('The file is in use');
    };
    assert.match((await store.put('one.png', picture(1)))?.path ?? '', /\.png$/);
  });

  it('keeps the 256 newest pictures', async () => {
    for (let index = 0; index < 258; index++) await store.put(`${index}.png`, picture(index));
    const times = [...disk.files.values()].map(({ mtime }) => mtime);
    assert.equal(times.length, 256);
    assert.equal(Math.min(...times), 3);
  });

  for (const operation of ['readDirectory', 'delete'] as const) {
    it(`gives a picture all the same where ${operation} fails, as when another window cleans up`, async () => {
      for (let index = 0; index < 256; index++) await store.put(`${index}.png`, picture(index));
      disk.refused.add(operation);
      assert.ok(await store.put('more.png', picture(256)));
      assert.equal(disk.files.size, 257);
    });
  }
});
