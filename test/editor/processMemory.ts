import { readdir, readFile } from 'node:fs/promises';

/** A process of this machine. */
export interface ProcessMemory {
  readonly command: string;
  /** In MB of 10⁶ bytes: what is in memory now, and the most that ever was. */
  readonly resident: number;
  readonly peak: number;
}

/** The process that reads a file from disk, what started it, and what else that started. Linux only. */
export async function processesAround(path: string): Promise<readonly ProcessMemory[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (id: string, name: string): Promise<string> =>
    readFile(`/proc/${id}/${name}`, 'utf8').catch(() => '');
  const all = await Promise.all(
    ids.map(async (id) => ({
      id,
      command: (await read(id, 'cmdline')).replaceAll('\0', ' '),
      status: await read(id, 'status'),
    })),
  );
  const reader = all.find(({ command }) => command.includes('disk.js') && command.includes(path));
  if (!reader) return [];
  const parent = valueOf(reader.status, 'PPid');
  return all
    .filter(({ id, status }) => Number(id) === parent || valueOf(status, 'PPid') === parent)
    .map(({ command, status }) => ({
      command,
      resident: (valueOf(status, 'VmRSS') * 1024) / 1e6,
      peak: (valueOf(status, 'VmHWM') * 1024) / 1e6,
    }));
}

function valueOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
