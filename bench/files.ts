/** Checking files from disk with all rules, beside programs that only read them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext } from '../core/check/context.ts';
import { FileChecker } from '../core/check/fileChecker.ts';
import {
  base64Heavy,
  faulty,
  manyTurns,
  oneRecord,
  textHeavy,
  withAccents,
  withoutDetail,
  withRepeatedImages,
} from './data.ts';
import { fileChunks, openReread } from './fileChunks.ts';
import { medians } from './measure.ts';
import { parseLines, parseTrees, parseWithReadline } from './peers.ts';
import { makeRow, type Goal, type Row } from './row.ts';

interface Subject {
  readonly name: string;
  readonly make: () => Buffer;
  /** Against `JSON.parse` on each line of the same chunks. */
  readonly goal?: Goal;
}

const subjects: readonly Subject[] = [
  { name: 'text', make: () => textHeavy(30_000_000), goal: { ratio: 1 } },
  { name: 'conversations of many turns', make: () => manyTurns(20_000_000) },
  { name: 'text with a hint in each record', make: () => withoutDetail(textHeavy(20_000_000)) },
  {
    name: 'the same, with letters beyond ASCII',
    make: () => withAccents(withoutDetail(textHeavy(20_000_000))),
  },
  {
    name: 'text, each image in two records',
    make: () => Buffer.from(withRepeatedImages(textHeavy(20_000_000).toString())),
  },
  { name: 'base64', make: () => base64Heavy(100_000_000), goal: { ratio: 2 } },
  { name: 'one record of 13 MB', make: () => oneRecord(13_000_000) },
  { name: 'text with many faults', make: () => faulty(5_000_000) },
];

const context = createContext([], '2026-01-01');

export async function* benchFiles(rounds: number): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'vision-finetune-bench-'));
  try {
    for (const subject of subjects) yield* benchFile(subject, join(folder, 'file.jsonl'), rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function* benchFile(
  { name, make, goal }: Subject,
  path: string,
  rounds: number,
): AsyncGenerator<Row> {
  const bytes = make();
  writeFileSync(path, bytes);
  // They are short, and what else the machine does is not.
  const times = await medians(3 * rounds, {
    check: () => checkFile(path),
    parse: () => parseLines(fileChunks(path)),
    readline: () => parseWithReadline(path),
    tree: () => parseTrees(fileChunks(path)),
  });
  const rate = (time: number): number => bytes.length / time / 1000;
  const peer = (name: string, time: number) => ({ peer: { name, value: rate(time) } });
  const work = `check from disk: ${name}`;
  const ours = rate(times.check);
  yield makeRow(work, 'MB/s', ours, {
    ...peer('JSON.parse a line', times.parse),
    ...(goal && { goal }),
  });
  yield makeRow(work, 'MB/s', ours, peer('JSON.parse over readline', times.readline));
  yield makeRow(work, 'MB/s', ours, peer('jsonc-parser a line', times.tree));
}

export function checkFile(path: string): void {
  const { reread, close } = openReread(path);
  const checker = new FileChecker(context, 1000, reread);
  for (const chunk of fileChunks(path)) checker.read(chunk);
  checker.finish();
  close();
}
