import { isatty } from 'node:tty';
import { localDate } from '../core/check/localDate.ts';
import { Interruption } from './interruption.ts';
import { run } from './run.ts';

const { stdout, stderr } = process;

// What ends because nothing is left to wait for has not succeeded.
process.exitCode = 2;

void run(process.argv.slice(2), {
  // To look at it is to open it: only who reads it should.
  get stdin() {
    return process.stdin;
  },
  stdout,
  stderr,
  // Asked of the descriptor, since to look at the stream is to open it.
  isTerminal: { stdin: isatty(0), stdout: stdout.isTTY, stderr: stderr.isTTY },
  columns: stdout.isTTY ? stdout.columns : stderr.columns,
  env: process.env,
  cwd: process.cwd(),
  today: localDate(new Date()),
  now: () => performance.now(),
  onInterrupt: new Interruption(process).add,
}).then((status) => {
  process.exitCode = status;
});
