import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * A lock between processes: a file that names its holder. One whose holder is no longer running is taken over.
 */
export class FileLock {
  readonly #path: string;
  readonly #text: string;

  private constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /** Undefined while another holds it. */
  static async take(path: string): Promise<FileLock | undefined> {
    const text = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
    if (await create(path, text)) return new FileLock(path, text);
    const held = await readText(path);
    if (held !== undefined && isHeld(held)) return undefined;
    if (held !== undefined && !(await remove(path, held))) return undefined;
    return (await create(path, text)) ? new FileLock(path, text) : undefined;
  }

  async release(): Promise<void> {
    await remove(this.#path, this.#text);
  }
}

/** Appears with its text in it, or not at all. */
async function create(path: string, text: string): Promise<boolean> {
  const unfinished = `${path}.${randomUUID()}`;
  try {
    await writeFile(unfinished, text, { flag: 'wx', mode: 0o600 });
    await link(unfinished, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Takes a lock away if it still says what was read of it; where another was quicker, puts theirs back. */
async function remove(path: string, expected: string): Promise<boolean> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true;
    throw error;
  }
  const isExpected = (await readText(aside)) === expected;
  if (!isExpected) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return isExpected;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Of another machine on a shared disk nothing can be known: its lock is believed. */
function isHeld(text: string): boolean {
  try {
    const { pid, host } = JSON.parse(text) as { readonly pid?: unknown; readonly host?: unknown };
    if (host !== hostname() || typeof pid !== 'number') return true;
    return isRunning(pid);
  } catch {
    return true;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
