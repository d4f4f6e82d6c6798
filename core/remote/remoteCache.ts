import { hash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LearntImage } from '../image/learntImages.ts';

export interface RemoteCacheOptions {
  /** Made when there is something to put into it. Holds nothing else. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly maxEntries?: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * How long an answer holds, in milliseconds. Pictures rarely change behind their address, and a week is what passes between
 * two looks at one file; a server that does not answer may be up again in a moment. Asking again costs no more than asking
 * whether anything has changed, so no ETag is kept.
 */
const lifetimes = { facts: 7 * day, unreachable: 10 * minute };

/** About 300 bytes each, that is a block of the disk. */
const defaultMaxEntries = 20_000;

interface Entry {
  readonly version: typeof version;
  /** When it was learnt, in milliseconds since 1970. */
  readonly time: number;
  readonly image: LearntImage;
}

/** Of the form of an entry, and of what `identifyImage` finds out: entries of another version are not read. */
const version = 2;

/**
 * Remembers on disk what was learnt of images on the web: a file for each, named by the hash of its address, which may hold
 * secrets and is not kept. What cannot be read or written is fetched again: nothing here fails.
 */
export class RemoteCache {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #maxEntries: number;

  constructor({ folder, now, maxEntries = defaultMaxEntries }: RemoteCacheOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#maxEntries = maxEntries;
  }

  /** Undefined for what was never learnt, or too long ago. */
  async get(href: string): Promise<LearntImage | undefined> {
    const entry = readEntry(await readFile(this.#fileOf(href), 'utf8').catch(() => ''));
    if (!entry) return undefined;
    const age = this.#now() - entry.time;
    const lifetime = entry.image.unreachable ? lifetimes.unreachable : lifetimes.facts;
    // A clock that was put back makes entries of the future.
    return age >= 0 && age < lifetime ? entry.image : undefined;
  }

  async put(href: string, image: LearntImage): Promise<void> {
    const entry: Entry = { version, time: this.#now(), image };
    const file = this.#fileOf(href);
    // Written beside it first, so that nobody ever reads half of it.
    const unfinished = `${file}.${randomUUID()}`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(unfinished, JSON.stringify(entry));
      await rename(unfinished, file);
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  /** Takes the oldest entries away where there are too many, a tenth more so as not to do it each time. */
  async prune(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    if (names.length <= this.#maxEntries) return;
    const files: { readonly path: string; readonly time: number }[] = [];
    for (const name of names) {
      const path = join(this.#folder, name);
      const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
      files.push({ path, time: mtimeMs });
    }
    files.sort((a, b) => b.time - a.time);
    for (const { path } of files.slice(Math.floor(0.9 * this.#maxEntries))) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }

  #fileOf(href: string): string {
    return join(this.#folder, `${hash('sha256', href)}.json`);
  }
}

/** Undefined for what no `put` has written. */
function readEntry(text: string): Entry | undefined {
  let entry: Partial<Entry> | null;
  try {
    entry = JSON.parse(text) as Partial<Entry> | null;
  } catch {
    return undefined;
  }
  if (typeof entry !== 'object' || entry?.version !== version) return undefined;
  const { time, image } = entry;
  return typeof time === 'number' && isLearnt(image) ? { version, time, image } : undefined;
}

function isLearnt(image: unknown): image is LearntImage {
  if (typeof image !== 'object' || image === null) return false;
  const { facts, unreachable } = image as { facts?: unknown; unreachable?: unknown };
  return hasField(facts, 'byteLength', 'number') || hasField(unreachable, 'detail', 'string');
}

function hasField(value: unknown, name: string, type: 'number' | 'string'): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return typeof (value as Record<string, unknown>)[name] === type;
}
