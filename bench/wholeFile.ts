/** A gigabyte on disk, checked by the command line in a process of its own. */
import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64Heavy, textHeavy } from './data.ts';
import { median } from './measure.ts';
import { makeRow, type Row } from './row.ts';

const command = join(import.meta.dirname, '../cli/main.ts');
const gigabyte = 1_000_000_000;
const megabyte = 1_000_000;

const subjects = [
  { name: 'base64', make: base64Heavy },
  { name: 'text', make: textHeavy },
];

export async function* benchWholeFile(rounds: number): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'vision-finetune-bench-'));
  try {
    for (const { name, make } of subjects) {
      const path = join(folder, `${name}.jsonl`);
      for (let seed = 1; seed <= 10; seed++) appendFileSync(path, make(gigabyte / 10, seed));
      const times: number[] = [];
      const peaks: number[] = [];
      for (let round = 0; round < Math.min(rounds, 3); round++) {
        const { time, peak } = await checkInProcess(path);
        times.push(time);
        peaks.push(peak / megabyte);
      }
      rmSync(path);
      const work = `check 1 GB of ${name} on the command line`;
      yield makeRow(work, 'ms', median(times), { goal: { atMost: 1500 } });
      yield makeRow(`${work}: peak memory`, 'MB', median(peaks), { goal: { atMost: 200 } });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checkInProcess(
  path: string,
): Promise<{ readonly time: number; readonly peak: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [command, 'check', '--quiet', path], { stdio: 'ignore' });
  let peak = 0;
  // Its high-water mark only grows, and is gone with the process.
  const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 20);
  await once(child, 'exit');
  clearInterval(timer);
  return { time: performance.now() - started, peak };
}

/** In bytes, as Linux tells; NaN elsewhere. */
function peakOf(pid = 0): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024;
  } catch {
    return 0;
  }
}
