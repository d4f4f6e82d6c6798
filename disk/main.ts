import { DiskReader } from './diskReader.ts';
import type { DiskTasks, FromDisk, Progress, ToDisk } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { describeSystemError, isSystemError } from '../cli/systemError.ts';

/** How often it is told how far a check has come, in milliseconds. */
const progressInterval = 200;

/** The process that reads one large file, whose path is its argument, until nobody is there to ask. */
const [, , path = ''] = process.argv;
const reader = new DiskReader(path);
const running = new Map<number, AbortController>();
const answers = new Set<Promise<void>>();

process.on('message', (message: ToDisk) => {
  if (message.kind === 'cancel') {
    running.get(message.id)?.abort();
    return;
  }
  const answering = answer(message).finally(() => answers.delete(answering));
  answers.add(answering);
});
process.on('disconnect', () => void leave());

/** A new file that is not whole is taken away first. */
async function leave(): Promise<void> {
  for (const abort of running.values()) abort.abort();
  await Promise.all(answers);
  process.exit();
}

async function answer({ id, task, takes }: Extract<ToDisk, { kind: 'ask' }>): Promise<void> {
  const abort = new AbortController();
  running.set(id, abort);
  try {
    send({ kind: 'done', id, gives: await perform(id, task, takes, abort.signal) });
  } catch (error) {
    send(describe(id, error));
  } finally {
    running.delete(id);
  }
}

function perform(
  id: number,
  task: keyof DiskTasks,
  takes: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  switch (task) {
    case 'check':
      return reader.check(takes as DiskTasks['check']['takes'], progressOf(id), signal);
    case 'rows':
      return reader.rows(takes as DiskTasks['rows']['takes']);
    case 'record':
      return reader.record(takes as DiskTasks['record']['takes']);
    case 'find':
      return reader.find(takes as DiskTasks['find']['takes'], signal);
    case 'replace':
      return reader.replace(takes as DiskTasks['replace']['takes'], signal);
    case 'repair':
      return reader.repair(takes as DiskTasks['repair']['takes'], progressOf(id), signal);
  }
}

function progressOf(id: number): (progress: Progress) => void {
  let last = performance.now();
  return (progress) => {
    if (performance.now() - last < progressInterval) return;
    last = performance.now();
    send({ kind: 'progress', id, ...progress });
  };
}

function describe(id: number, error: unknown): FromDisk {
  if (error instanceof Refusal) return { kind: 'refused', id, reason: error.message };
  if (isSystemError(error)) return { kind: 'refused', id, reason: describeSystemError(error) };
  return {
    kind: 'failed',
    id,
    error: error instanceof Error ? String(error.stack) : String(error),
  };
}

/** Whoever asked may be gone by now. */
function send(message: FromDisk): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
