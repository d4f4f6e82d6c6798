/** A large file that is checked again by the process of the editor, as it is shipped, after a record was appended: only its end is. */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskFile } from '../disk/diskFile.ts';
import { buildBundles } from './buildBundles.ts';
import { base64Heavy, textHeavy } from './data.ts';
import { median, milliseconds } from './measure.ts';
import { makeRow, type Row } from './row.ts';

const megabytes = 200;

const subjects = [
  { name: 'text', make: textHeavy },
  { name: 'base64', make: base64Heavy },
];

export async function* benchCheckingAgain(rounds: number): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'vision-finetune-bench-'));
  try {
    await buildBundles(folder, ['disk', 'checkThread', 'o200k']);
    const script = join(folder, 'disk.js');
    for (const { name, make } of subjects) {
      const path = join(folder, `${name}.jsonl`);
      appendFileSync(path, make(megabytes * 1_000_000, 1));
      const { all, again } = await measure(script, path, make(1000, 2), rounds);
      const work = `check ${megabytes} MB of ${name} again after a record was appended`;
      yield makeRow(work, 'ms', again, { peer: { name: 'all of it', value: all } });
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** In turn: all of a file, since other limits hold, and the same file with a record more. */
async function measure(
  script: string,
  path: string,
  record: Buffer,
  rounds: number,
): Promise<{ all: number; again: number }> {
  const file = new DiskFile({ script, path });
  const all: number[] = [];
  const again: number[] = [];
  try {
    // The process starts.
    await check(file, 0);
    for (let round = 1; round <= rounds; round++) {
      all.push(await milliseconds(() => check(file, round)));
      appendFileSync(path, record);
      again.push(await milliseconds(() => check(file, round)));
    }
  } finally {
    file.dispose();
  }
  return { all: median(all), again: median(again) };
}

async function check(file: DiskFile, round: number): Promise<void> {
  const settings = { limits: { minExamples: 10 + round } };
  await file.ask('check', { settings, learnt: [], isAskedFor: true, maxFindings: 1000 });
}
