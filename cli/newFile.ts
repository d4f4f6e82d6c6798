import type { Stats } from 'node:fs';
import {
  access,
  constants,
  copyFile,
  link,
  open,
  rename,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from './systemError.ts';

/** Bytes that are written at once. */
const batchLength = 1 << 20;

/**
 * A file that is written under another name beside its own, and takes its own only when it is whole and on the disk:
 * whatever happens before, under its name stands what stood there.
 */
export class NewFile {
  readonly #path: string;
  readonly #draft: string;
  readonly #handle: FileHandle;
  readonly #batch = Buffer.allocUnsafe(batchLength);
  #batched = 0;

  private constructor(path: string, draft: string, handle: FileHandle) {
    this.#path = path;
    this.#draft = draft;
    this.#handle = handle;
  }

  /** `mode` holds the permissions of the file, of which the system masks some for a new one. Rejects with a system error where none can be made. */
  static async create(path: string, mode: number): Promise<NewFile> {
    for (let attempt = 0; ; attempt++) {
      const draft = join(dirname(path), `.${basename(path)}.${process.pid}-${attempt}.tmp`);
      try {
        return new NewFile(path, draft, await open(draft, 'wx', mode));
      } catch (error) {
        // One that a process of the same number left behind.
        if (!isSystemError(error) || error.code !== 'EEXIST' || attempt === maxAttempts)
          throw error;
      }
    }
  }

  /**
   * One that takes the place of a file, with the very permissions of that, of which none is masked, and its owner and group as far
   * as they may be given. A file that may not be written is not replaced either, though its folder would allow it.
   */
  static async createInPlace(path: string, { mode, uid, gid }: Stats): Promise<NewFile> {
    await access(path, constants.W_OK);
    const file = await NewFile.create(path, mode & permissions);
    const handle = file.#handle;
    // Only an administrator gives a file to somebody else, and others only to a group of theirs.
    await handle.chown(uid, gid).catch(() => handle.chown(-1, gid).catch(() => undefined));
    // There are none on FAT, and on some disks that are far away.
    await handle.chmod(mode & permissions).catch(() => undefined);
    return file;
  }

  /** Takes the bytes before it returns; resolves when more may come. */
  write(bytes: Uint8Array): Promise<void> | undefined {
    if (this.#batched + bytes.length > batchLength) return this.#writeThrough(Buffer.from(bytes));
    this.#batch.set(bytes, this.#batched);
    this.#batched += bytes.length;
    return undefined;
  }

  /**
   * Resolves when all of it is on the disk, which takes seconds for a gigabyte: whoever looks after that whether the old file is as it
   * was leaves nobody the time to write it in between.
   */
  async settle(): Promise<void> {
    await this.#flush();
    await this.#handle.sync();
  }

  /** Gives the file its name; what stood there before is kept under `backup`, if that is given and free. */
  async commit(backup?: string): Promise<void> {
    await this.settle();
    await this.#handle.close();
    if (backup !== undefined) await keep(this.#path, backup);
    try {
      await rename(this.#draft, this.#path);
    } catch (error) {
      if (backup !== undefined) await unlink(backup);
      throw error;
    }
    await syncFolder(dirname(this.#path));
  }

  /** Leaves nothing behind. Never rejects. */
  async discard(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#draft).catch(() => undefined);
  }

  async #writeThrough(bytes: Buffer): Promise<void> {
    await this.#flush();
    await this.#writeAll(bytes);
  }

  async #flush(): Promise<void> {
    const bytes = this.#batch.subarray(0, this.#batched);
    this.#batched = 0;
    await this.#writeAll(bytes);
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, at);
      at += bytesWritten;
    }
  }
}

const maxAttempts = 100;

/** Those to read, write and execute. */
const permissions = 0o777;

/** Where there are no hard links: FAT, and some that are far away. */
const noLinkCodes = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'];

/** The same file under another name, else a copy. Rejects with `EEXIST` if that name is taken. */
async function keep(path: string, backup: string): Promise<void> {
  try {
    await link(path, backup);
  } catch (error) {
    if (!isSystemError(error) || !noLinkCodes.includes(error.code)) throw error;
    await copyFile(path, backup, constants.COPYFILE_EXCL);
  }
}

/** So that the new name lasts too. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder);
    await handle.sync();
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}
