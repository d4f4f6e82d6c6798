import { createHash } from 'node:crypto';
import { constants, readSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { ServiceError } from './serviceError.ts';

/** What a file's bytes are known by. */
export interface FileDigest {
  readonly byteLength: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly md5: string;
  /** SHA-256 of each part of `partBytes`, the last one shorter. */
  readonly parts: readonly string[];
  readonly partBytes: number;
}

/** Pieces in which a file is read, in bytes. */
const chunkBytes = 1024 * 1024;

/**
 * A file that is opened once: what is checked, hashed and sent comes through the same handle, so a file that is put in
 * its place meanwhile is never sent, and one that is written to is noticed.
 */
export class OpenedFile {
  readonly path: string;
  readonly byteLength: number;
  readonly #handle: FileHandle;
  readonly #state: FileState;

  private constructor(path: string, handle: FileHandle, state: FileState) {
    this.path = path;
    this.byteLength = state.size;
    this.#handle = handle;
    this.#state = state;
  }

  /** Throws the file system's error where the file cannot be read, and an `Error` where it is no regular file. */
  static async open(path: string): Promise<OpenedFile> {
    // A named pipe would otherwise be waited for, for ever.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const state = await handle.stat();
    if (state.isFile()) return new OpenedFile(path, handle, state);
    await handle.close();
    throw new Error(`${basename(path)} is not a file`);
  }

  get name(): string {
    return basename(this.path);
  }

  /** The bytes from `start` up to `end`, in pieces that the caller may keep until it asks for the next. */
  async *read(start = 0, end = this.byteLength): AsyncGenerator<Uint8Array> {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(end - start, 1)));
    for (let at = start; at < end;) {
      const length = Math.min(buffer.length, end - at);
      const { bytesRead } = await this.#handle.read(buffer, 0, length, at);
      if (bytesRead === 0) throw this.#changed();
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  /** Some bytes at once: fewer where the file ends before. */
  readAt(offset: number, byteLength: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(byteLength);
    return bytes.subarray(0, readSync(this.#handle.fd, bytes, 0, byteLength, offset));
  }

  /**
   * The bytes again, on their way to the service. The last piece is given out only once all of them have been seen to be
   * what was hashed: otherwise the service would take a file that nobody checked.
   */
  async *readAs(sha256: string, start = 0, end = this.byteLength): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(end - start, 1)));
    let held: Uint8Array | undefined;
    for await (const chunk of this.read(start, end)) {
      if (held) yield held;
      hash.update(chunk);
      // The piece before has left, so its memory is free: what garbage collection is late for would be tens of megabytes.
      held = buffer.subarray(0, chunk.length);
      buffer.set(chunk);
    }
    if (hash.digest('hex') !== sha256) throw this.#changed();
    if (held) yield held;
  }

  /** Throws where the file has been written to, or another one stands under its name. */
  async assertUnchanged(): Promise<void> {
    const now = await this.#handle.stat();
    const named = await stat(this.path).catch(() => undefined);
    const { size, mtimeMs, ino, dev } = this.#state;
    const isSame = now.size === size && now.mtimeMs === mtimeMs;
    if (!isSame || named?.ino !== ino || named.dev !== dev) throw this.#changed();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  #changed(): ServiceError {
    return new ServiceError(
      'file-changed',
      `${this.name} has changed since it was checked, so it was not submitted. Check it and submit it again.`,
      { outcome: 'not-sent' },
    );
  }
}

interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
  readonly dev: number;
}

/** Works out a digest from the pieces of a file as they come by. */
export class FileHasher {
  readonly #partBytes: number;
  readonly #sha256 = createHash('sha256');
  readonly #md5 = createHash('md5');
  readonly #parts: string[] = [];
  #part = createHash('sha256');
  #inPart = 0;
  #byteLength = 0;

  constructor(partBytes: number) {
    this.#partBytes = partBytes;
  }

  update(chunk: Uint8Array): void {
    this.#sha256.update(chunk);
    this.#md5.update(chunk);
    this.#byteLength += chunk.length;
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + this.#partBytes - this.#inPart);
      this.#part.update(piece);
      this.#inPart += piece.length;
      at += piece.length;
      if (this.#inPart === this.#partBytes) this.#endPart();
    }
  }

  digest(): FileDigest {
    if (this.#inPart > 0) this.#endPart();
    return {
      byteLength: this.#byteLength,
      sha256: this.#sha256.digest('hex'),
      md5: this.#md5.digest('hex'),
      parts: this.#parts,
      partBytes: this.#partBytes,
    };
  }

  #endPart(): void {
    this.#parts.push(this.#part.digest('hex'));
    this.#part = createHash('sha256');
    this.#inPart = 0;
  }
}
