import { localDate } from '../core/check/localDate.ts';
import { run } from './run.ts';

const { stdout, stderr } = process;

/** Takes a progress bar that may stand there off the terminal, then ends like any program that is interrupted. */
function endInterrupted(signal: NodeJS.Signals): void {
  if (stderr.isTTY) stderr.write('\r\u001b[K');
  process.kill(process.pid, signal);
}

process.once('SIGINT', endInterrupted);
process.once('SIGTERM', endInterrupted);

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
}).then((status) => {
  process.exitCode = status;
});
