import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { fieldsOf, numberOf, textOf } from './wire.ts';

/** Who holds a lock, as far as it says so. */
export interface LockHolder {
  readonly pid: number | undefined;
  readonly host: string | undefined;
  /** Of the file that is the lock. */
  readonly path: string;
}

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
    const { pid } = process;
    const start = await startOf(pid);
    const text = JSON.stringify({ pid, start, host: hostname(), token: randomUUID() });
    if (await create(path, text)) return new FileLock(path, text);
    const held = await readText(path);
    if (held !== undefined && (await isHeld(held))) return undefined;
    if (held !== undefined && !(await remove(path, held))) return undefined;
    return (await create(path, text)) ? new FileLock(path, text) : undefined;
  }

  /** For a person who has to find out whether a lock is held in vain. */
  static async holderOf(path: string): Promise<LockHolder> {
    const { pid, host } = fieldsOf(parse((await readText(path)) ?? ''));
    return { pid: numberOf(pid), host: textOf(host), path };
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

/** Of another machine on a shared disk nothing can be known: its lock is believed. So is one that says nothing. */
async function isHeld(text: string): Promise<boolean> {
  const { pid, start, host } = fieldsOf(parse(text));
  if (host !== hostname() || typeof pid !== 'number') return true;
  if (!isRunning(pid)) return false;
  const now = await startOf(pid);
  return start === undefined || now === undefined || start === now;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, 'ESRCH');
  }
}

/**
 * Tells a process from a later one that was given its number, as is common in containers: which boot it belongs to, and
 * when it was started, in ticks since then. Linux alone says so without another program (proc_pid_stat(5), field 22).
 */
async function startOf(pid: number): Promise<string | undefined> {
  const boot = await readText('/proc/sys/kernel/random/boot_id');
  const stat = await readText(`/proc/${pid}/stat`);
  // Field 2 is the program's name in brackets, which may hold any character.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return boot === undefined || ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
