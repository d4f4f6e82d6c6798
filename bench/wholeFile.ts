/** A gigabyte on disk, checked by the command line as it is shipped, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundles } from './buildBundles.ts';
import { base64Heavy, textHeavy } from './data.ts';
import { fileChunks } from './fileChunks.ts';
import { median, milliseconds } from './measure.ts';
import { parseLines } from './peers.ts';
import { makeRow, type Goal, type Row } from './row.ts';

const gigabyte = 1_000_000_000;
const megabyte = 1_000_000;

interface Subject {
  readonly name: string;
  readonly make: (byteLength: number, seed: number) => Buffer;
  /** Of the speed with all cores, start and report included. */
  readonly goal: Goal;
}

const subjects: readonly Subject[] = [
  { name: 'base64', make: base64Heavy, goal: { atLeast: 1500 } },
  { name: 'text', make: textHeavy, goal: { ratio: 1.7 } },
];

export async function* benchWholeFile(rounds: number): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'vision-finetune-bench-'));
  try {
    await buildBundles(folder, ['cli', 'checkThread']);
    const cli = join(folder, 'cli.js');
    for (const subject of subjects) {
      const path = join(folder, `${subject.name}.jsonl`);
      for (let seed = 1; seed <= 10; seed++) {
        appendFileSync(path, subject.make(gigabyte / 10, seed));
      }
      yield* benchSubject(subject, cli, path, rounds);
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function* benchSubject(
  { name, goal }: Subject,
  cli: string,
  path: string,
  rounds: number,
): AsyncGenerator<Row> {
  const runs: ProcessRun[] = [];
  const cancelled: number[] = [];
  const parsed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    runs.push(await runCheck(cli, path));
    parsed.push(await milliseconds(() => parseLines(fileChunks(path))));
    cancelled.push(await cancelCheck(cli, path));
  }
  const time = median(runs.map((run) => run.time));
  const rate = (time: number): number => statSync(path).size / time / 1000;
  const work = `check 1 GB of ${name} on the command line`;
  yield makeRow(work, 'ms', time, { goal: { atMost: 1500 } });
  yield makeRow(`${work}: all cores`, 'MB/s', rate(time), {
    peer: { name: 'JSON.parse a line', value: rate(median(parsed)) },
    goal,
  });
  const peak = median(runs.map((run) => run.peak / megabyte));
  yield makeRow(`${work}: peak memory`, 'MB', peak, { goal: { atMost: 200 } });
  const processor = median(runs.map((run) => run.processorTime));
  yield makeRow(`${work}: time of the processor, all cores`, 'ms', processor);
  yield makeRow(`${work}: cancelled`, 'ms', median(cancelled), { goal: { atMost: 100 } });
}

interface ProcessRun {
  /** In milliseconds. */
  readonly time: number;
  /** Of all its threads, whatever else the machine does. In milliseconds. */
  readonly processorTime: number;
  /** In bytes. */
  readonly peak: number;
}

async function runCheck(cli: string, path: string): Promise<ProcessRun> {
  const started = performance.now();
  const child = startCheck(cli, path);
  let usage: Usage = { processorTime: NaN, peak: NaN };
  // Both only grow, and are gone with the process.
  const timer = setInterval(() => (usage = usageOf(child.pid) ?? usage), 20);
  await once(child, 'exit');
  clearInterval(timer);
  return { time: performance.now() - started, ...usage };
}

/** From the signal to the end of the process, in milliseconds. */
async function cancelCheck(cli: string, path: string): Promise<number> {
  const child = startCheck(cli, path);
  await new Promise((resolve) => setTimeout(resolve, 400));
  const ended = once(child, 'exit');
  return milliseconds(async () => {
    child.kill('SIGINT');
    await ended;
  });
}

function startCheck(cli: string, path: string) {
  return spawn(process.execPath, [cli, 'check', '--quiet', path], { stdio: 'ignore' });
}

type Usage = Omit<ProcessRun, 'time'>;

/** Milliseconds in which Linux counts the time of the processor. */
const tick = 10;

/** As Linux tells; undefined elsewhere, and of a process that has ended. */
function usageOf(pid = 0): Usage | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // Behind the name in brackets: in user mode the 12th, in the kernel the 13th field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return peak === undefined
      ? undefined
      : { processorTime: ticks * tick, peak: Number(peak) * 1024 };
  } catch {
    return undefined;
  }
}
