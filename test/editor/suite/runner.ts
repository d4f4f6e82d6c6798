/**
 * Describes and runs tests inside VS Code's extension host, where node:test, which reports through the process that it owns, is
 * out of place. Prints `ok` and `not ok` lines on the console, which VS Code carries to whoever started it.
 */

/** Begins what is printed, to tell it from VS Code's own log. */
export const mark = '[test] ';

interface Test {
  readonly title: string;
  readonly body: () => Promise<void>;
}

const tests: Test[] = [];
const groups: string[] = [];
const limitMs = 90_000;

export function describe(title: string, body: () => void): void {
  groups.push(title);
  body();
  groups.pop();
}

export function it(title: string, body: () => Promise<void>): void {
  tests.push({ title: [...groups, title].join(' > '), body });
}

/** Runs what was described, one after the other. Rejects when a test failed or none was described. */
export async function runTests(): Promise<void> {
  let failed = 0;
  for (const { title, body } of tests) {
    const started = performance.now();
    try {
      await withinLimit(body());
      console.log(`${mark}ok ${title} (${(performance.now() - started).toFixed(0)} ms)`);
    } catch (error) {
      failed++;
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.log(`${mark}not ok ${title}\n${reason.replace(/^/gm, '    ')}`);
    }
  }
  const summary = `${tests.length - failed} passed, ${failed} failed`;
  console.log(mark + summary);
  if (failed > 0 || tests.length === 0) throw new Error(summary);
}

async function withinLimit(done: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Not done after ${limitMs / 1000} s.`));
    }, limitMs);
  });
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
}
