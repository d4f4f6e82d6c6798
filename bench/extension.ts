/** The extension as it is shipped: how soon it is there, what it takes, and how soon it is back. */
import { execFileSync } from 'node:child_process';
import { deepEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundles } from './buildBundles.ts';
import { seeded, textHeavy } from './data.ts';
import { median, milliseconds, quantile } from './measure.ts';
import { makeRow, type Row } from './row.ts';
import { ServerProcess } from './serverProcess.ts';

const megabyte = 1_000_000;

export async function* benchExtension(rounds: number): AsyncGenerator<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'vision-finetune-bench-'));
  try {
    await buildBundles(folder, ['client', 'languageClient', 'server', 'o200k']);
    const load = (name: string) => median(repeat(rounds, () => loadBundle(join(folder, name))));
    yield makeRow(
      'extension loaded and activated, in a stand-in for its host',
      'ms',
      load('client.js'),
      {
        goal: { atMost: 50 },
      },
    );
    yield makeRow('server bundle loaded', 'ms', load('server.js'), { goal: { atMost: 100 } });
    yield* benchServer(folder, rounds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function* benchServer(folder: string, rounds: number): AsyncGenerator<Row> {
  const text = textHeavy(45_000_000).toString();
  let server = await ServerProcess.start(folder, { isProbed: true });
  const idle = await server.memory();
  const found = await server.open(text);
  const open = await server.memory();
  const growth = (open.heapUsed + open.external - idle.heapUsed - idle.external) / megabyte;
  yield makeRow('server with 45 MB open: memory in use over idle', 'MB', growth, {
    goal: { atMost: (2.5 * text.length) / megabyte },
  });
  yield makeRow('the same, as the system counts it', 'MB', (open.rss - idle.rss) / megabyte);
  const returns: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const time = await milliseconds(async () => {
      await server.kill();
      server = await ServerProcess.start(folder);
      deepEqual(await server.open(text), found);
    });
    returns.push(time);
  }
  yield makeRow('killed server: the same findings of 45 MB are back', 'ms', median(returns), {
    goal: { atMost: 1000 },
  });
  const keystrokes = await typeInto(server, text, 20 * rounds);
  yield makeRow(
    'keystroke in 45 MB, through the wire and back, p95',
    'ms',
    quantile(keystrokes, 0.95),
  );
  await server.kill();
}

async function typeInto(
  server: ServerProcess,
  text: string,
  keystrokes: number,
): Promise<number[]> {
  const random = seeded(7);
  const lengths = text.split('\n').map(({ length }) => length);
  const times: number[] = [];
  for (let index = 0; index < keystrokes; index++) {
    const line = Math.floor(random() * (lengths.length - 1));
    const character = (lengths[line] ?? 0) - '"}]}'.length;
    times.push(await milliseconds(() => server.type(line, character, 'x', index + 2)));
  }
  return times;
}

/** In milliseconds. */
function loadBundle(path: string): number {
  const script = join(import.meta.dirname, 'activate.ts');
  return Number(execFileSync(process.execPath, [script, path], { encoding: 'utf8' }));
}

function repeat(rounds: number, measure: () => number): number[] {
  return Array.from({ length: rounds }, measure);
}
