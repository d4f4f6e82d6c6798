import { open } from 'node:fs/promises';
import { isBlank } from '../../core/record/isBlank.ts';
import type { SubmittedFile } from '../../core/service/journal.ts';
import { FileHasher } from '../../core/service/openedFile.ts';
import type { Reconciliation } from '../../core/service/reconcile.ts';
import { LineReader } from '../../core/text/lineReader.ts';
import { isSystemError } from '../systemError.ts';

/** What the service says of a line, which counts from 1. */
export interface NamedLine {
  readonly line: number;
  readonly message: string;
}

/** Whether a file still holds what was submitted. `gone`: it cannot be read. */
export type FileState = 'same' | 'changed' | 'gone';

export interface NamedLines {
  readonly file: FileState;
  /** In order. Of the file as it is, where it is the same; else of the one that was sent, as far as that can be known. */
  readonly lines: readonly NamedLine[];
}

/** Bytes that are read at once. */
const chunkBytes = 1024 * 1024;

/** Takes what the service says of lines and examples to the lines of the file that was submitted. */
export async function findNamedLines(
  submitted: SubmittedFile,
  { reasons, refused }: Reconciliation,
): Promise<NamedLines> {
  const byLine = reasons.flatMap(({ reason, lines }) =>
    lines.map((line) => ({ line, message: reason })),
  );
  const examples = new Map(refused.map(({ example, message }) => [example, message]));
  const read = await readSubmitted(submitted, new Set(examples.keys()));
  // Blank lines shift examples against lines, so without the file there is nothing to go by.
  const byExample = [...examples].flatMap(([example, message]) => {
    const line = read.lineOf.get(example);
    return line === undefined ? [] : [{ line, message }];
  });
  const lines = [...byLine, ...byExample].sort((a, b) => a.line - b.line);
  return { file: read.state, lines };
}

interface ReadFile {
  readonly state: FileState;
  /** From the number of an example to that of its line, both from 1; empty unless the file is the same. */
  readonly lineOf: ReadonlyMap<number, number>;
}

async function readSubmitted(
  { path, sha256, byteLength }: SubmittedFile,
  examples: ReadonlySet<number>,
): Promise<ReadFile> {
  const nothing = new Map<number, number>();
  try {
    await using file = await open(path);
    const stats = await file.stat();
    if (!stats.isFile() || stats.size !== byteLength) return { state: 'changed', lineOf: nothing };
    const hasher = new FileHasher(byteLength + 1);
    const finder = new ExampleFinder(examples);
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let at = 0; at < byteLength;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      hasher.update(buffer.subarray(0, bytesRead));
      finder.read(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    const isSame = hasher.digest().sha256 === sha256;
    return isSame
      ? { state: 'same', lineOf: finder.finish() }
      : { state: 'changed', lineOf: nothing };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { state: 'gone', lineOf: nothing };
  }
}

/** Counts records, which are the lines that are not blank. */
class ExampleFinder {
  readonly #wanted: ReadonlySet<number>;
  readonly #lines = new LineReader();
  readonly #found = new Map<number, number>();
  #line = 0;
  #example = 0;

  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted;
  }

  read(chunk: Uint8Array): void {
    for (const line of this.#lines.read(chunk)) this.#count(line.bytes);
  }

  finish(): ReadonlyMap<number, number> {
    for (const line of this.#lines.end()) this.#count(line.bytes);
    return this.#found;
  }

  /** A line without its bytes is too long to be blank. */
  #count(bytes: Uint8Array | undefined): void {
    this.#line += 1;
    if (bytes && isBlank(bytes)) return;
    this.#example += 1;
    if (this.#wanted.has(this.#example)) this.#found.set(this.#example, this.#line);
  }
}
