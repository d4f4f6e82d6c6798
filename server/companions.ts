import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { checkLineBytes } from '../core/check/checkLine.ts';
import type { CheckContext } from '../core/check/context.ts';
import { Companion } from '../core/dataset/companion.ts';
import { comparedStrings } from '../core/dataset/comparedStrings.ts';
import { fingerprintOf } from '../core/dataset/fingerprint.ts';
import { KeyMaker, QuickKeys } from '../core/dataset/quickKeys.ts';
import { keepKeys } from '../core/dataset/recordKeys.ts';
import { validationNames } from '../core/dataset/validationNames.ts';
import type { Example } from '../core/record/example.ts';
import { JsonScratch } from '../core/record/readJson.ts';
import { LineReader, type ByteLine } from '../core/text/lineReader.ts';

/** Bytes of the largest file that is read. A validation file is a small part of its training file. */
const maxBytes = 200_000_000;

/** Bytes that are read between two looks at what has arrived: some milliseconds of work. */
const chunkLength = 1 << 16;

/** A file that was read, for as long as it stays as it was. */
interface Reading {
  readonly path: string;
  readonly mtimeMs: number;
  readonly size: number;
  readonly context: CheckContext;
  readonly companion: Promise<Companion | undefined>;
}

/** The validation files of open training files, read as they were saved last. */
export class Companions {
  /** By the path of the training file. */
  readonly #readings = new Map<string, Reading>();

  /**
   * The validation file of a training file: the one that the settings name, by a path from the folder of the training
   * file or from one above it, else the one beside it that is named so. Undefined where there is none that can be read.
   */
  async of(
    uri: string,
    context: CheckContext,
    validationFile: string | undefined,
  ): Promise<Companion | undefined> {
    const path = pathOf(uri);
    if (path === undefined) return undefined;
    const candidates =
      validationFile === undefined
        ? validationNames(basename(path)).map((name) => join(dirname(path), name))
        : pathsUpwards(dirname(path), validationFile);
    for (const candidate of candidates) {
      if (candidate === path) continue;
      const stats = await stat(candidate).catch(() => undefined);
      if (!stats?.isFile() || stats.size > maxBytes) continue;
      const { mtimeMs, size } = stats;
      const known = this.#readings.get(path);
      if (isSame(known, { path: candidate, mtimeMs, size, context })) return known?.companion;
      const companion = readCompanion(candidate, context).catch(() => undefined);
      this.#readings.set(path, { path: candidate, mtimeMs, size, context, companion });
      return companion;
    }
    this.#readings.delete(path);
    return undefined;
  }

  /** After a training file is closed. */
  forget(uri: string): void {
    this.#readings.delete(pathOf(uri) ?? '');
  }
}

function isSame(known: Reading | undefined, now: Omit<Reading, 'companion'>): boolean {
  return (
    known?.path === now.path &&
    known.mtimeMs === now.mtimeMs &&
    known.size === now.size &&
    known.context === now.context
  );
}

function* pathsUpwards(folder: string, path: string): Generator<string> {
  yield resolve(folder, path);
  for (let at = folder; at !== dirname(at);) {
    at = dirname(at);
    yield resolve(at, path);
  }
}

async function readCompanion(path: string, context: CheckContext): Promise<Companion> {
  const companion = new Companion(basename(path), pathToFileURL(path).href);
  const reader = new LineReader();
  const scratch = new JsonScratch();
  const maker = new KeyMaker();
  const keys = new QuickKeys();
  let number = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkLength })) {
    for (const line of reader.read(chunk as Buffer)) add(line);
  }
  for (const line of reader.end()) add(line);
  return companion;

  function add(line: ByteLine): void {
    checkLineBytes(line, context, scratch, { onComparable });
    number++;
  }

  function onComparable(example: Example): void {
    maker.make(comparedStrings(example), keys);
    const { text } = example.root.tree;
    companion.add(fingerprintOf(example), () => text, number, keepKeys(keys));
  }
}

/** Undefined for what is not in the local file system. */
function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
