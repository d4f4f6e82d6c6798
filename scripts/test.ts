/**
 * All tests: those in a real VS Code, then those of Node's runner. Ends with one line that adds them up.
 * `--unit` leaves VS Code out.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from './bundles.ts';

const unit = ['--test', '--test-reporter=spec', 'test/**/*.test.ts'];
const editor = ['test/editor/run.ts'];
// VS Code first: its installation brings the grammar of JSON Lines that tests of Node's runner judge ours with.
const runs = process.argv.includes('--unit') ? [unit] : [editor, unit];

let passed = 0;
let failed = 0;
let skipped = 0;
for (const parameters of runs) await run(parameters);
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Shows what the runner says, and adds up the counts that it closes with. */
async function run(parameters: readonly string[]): Promise<void> {
  const failedBefore = failed;
  const child = spawn(process.execPath, parameters, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    console.log(line);
    passed += count(line, /^ℹ pass (\d+)$/, /^(\d+) passed, \d+ failed$/);
    // A cancelled test is one that did not come to its end.
    failed += count(line, /^ℹ (?:fail|cancelled) (\d+)$/, /^\d+ passed, (\d+) failed$/);
    skipped += count(line, /^ℹ skipped (\d+)$/);
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
