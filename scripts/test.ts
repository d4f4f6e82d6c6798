/**
 * All tests: those in a real VS Code, then those of Node's runner. Ends with what failed, whole, and one line that adds them up.
 * `--unit` leaves VS Code out.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './bundles.ts';

interface Run {
  readonly parameters: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const unit: Run = {
  parameters: ['--test', '--test-reporter=spec', 'test/**/*.test.ts'],
  // Each file has a process of its own: what one has compiled, the next ones read. Takes two fifths of their processor time away.
  env: { ...process.env, NODE_COMPILE_CACHE: join(root, 'out/compile-cache') },
};
const editor: Run = { parameters: ['test/editor/run.ts'] };
// VS Code first: its installation brings the grammar of JSON Lines that tests of Node's runner judge ours with.
const runs = process.argv.includes('--unit') ? [unit] : [editor, unit];

let passed = 0;
let failed = 0;
let skipped = 0;
const failures: string[] = [];
for (const each of runs) await run(each);
if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Shows what the runner says, adds up the counts that it closes with, and keeps what it says of failures. */
async function run({ parameters, env = process.env }: Run): Promise<void> {
  const failedBefore = failed;
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let tellsFailure = false;
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    passed += count(line, /^ℹ pass (\d+)$/, /^(\d+) passed, \d+ failed$/);
    // A cancelled test is one that did not come to its end.
    failed += count(line, /^ℹ (?:fail|cancelled) (\d+)$/, /^\d+ passed, (\d+) failed$/);
    skipped += count(line, /^ℹ skipped (\d+)$/);
    tellsFailure = failureBegins(line) || (tellsFailure && !failureEnds(line));
    if (tellsFailure) failures.push(line);
  }
  // A runner that dies names no failure.
  const status =
    child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('exit', resolve)));
  if (status !== 0 && failed === failedBefore) failed++;
}

function count(line: string, ...patterns: readonly RegExp[]): number {
  const match = patterns.map((pattern) => pattern.exec(line)).find((each) => each !== null);
  return Number(match?.[1] ?? 0);
}

/** Node's runner repeats its failures, with their errors, at its end; the suite in VS Code tells each where it happens. */
function failureBegins(line: string): boolean {
  return line === '✖ failing tests:' || line.startsWith('not ok ');
}

function failureEnds(line: string): boolean {
  return /^(?:ok |▶ |✔ |\d+ passed, )/.test(line);
}
