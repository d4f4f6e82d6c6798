import { localDate } from '../core/check/localDate.ts';
import { run } from './run.ts';

const { stdout, stderr } = process;

/** Takes a progress bar that may stand there off the terminal, then ends like any program that is interrupted. */
function endInterrupted(signal: NodeJS.Signals): void {
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  process.off(signal, interrupt);
  process.kill(process.pid, signal);
}

const handlers = new Set<() => void>();

/** Whoever asked is told first, and ends by itself; whoever is not patient sends the signal again. */
function interrupt(signal: NodeJS.Signals): void {
  if (handlers.size === 0) endInterrupted(signal);
  for (const handler of handlers) handler();
  handlers.clear();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);

void run(process.argv.slice(2), {
  // To look at it is to open it: only who reads it should.
  get stdin() {
    return process.stdin;
  },
  stdout,
  stderr,
  isTerminal: { stdout: stdout.isTTY, stderr: stderr.isTTY },
  columns: stderr.columns,
  env: process.env,
  cwd: process.cwd(),
  today: localDate(new Date()),
  now: () => performance.now(),
  onInterrupt: (handler) => {
    handlers.add(handler);
    return () => handlers.delete(handler);
  },
}).then((status) => {
  process.exitCode = status;
});
