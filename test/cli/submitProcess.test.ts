import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { describe, it, type TestContext } from 'node:test';
import type { Fault } from '../../practice/practice.ts';
import { ServiceDesk } from './serviceDesk.ts';

const main = join(import.meta.dirname, '..', '..', 'cli', 'main.ts');
const args = ['submit', 'train.jsonl', '--yes', '--json'];

const moments: readonly (readonly [string, 'createFile' | 'createJob', Fault['moment']])[] = [
  ['while the file is on its way', 'createFile', 'arrival'],
  ['when the file has arrived, and nobody has said so', 'createFile', 'reply'],
  ['while the job is asked for', 'createJob', 'arrival'],
  ['when the job is there, and nobody has said so', 'createJob', 'reply'],
];

describe('a process that is killed', () => {
  for (const [when, operation, moment] of moments) {
    it(`${when} leaves one job at most, however often it is run again`, async (test) => {
      const desk = await ServiceDesk.open(test);
      const effect = { kind: 'delay', milliseconds: 60_000 } as const;
      desk.service.faults.add({ operation, moment, effect });
      const child = start(test, desk);
      await untilTaken(desk);
      if (moment === 'reply' && operation === 'createJob') await untilThere(desk);
      child.kill('SIGKILL');
      await once(child, 'exit');
      for (const run of [1, 2]) {
        const { jobId, error } = await desk.submit();
        assert.ok(jobId ?? error?.kind === 'unknown-outcome', `run ${run}: ${error?.message}`);
        assert.ok((await desk.jobs()) <= 1);
      }
    });
  }
});

describe('two processes at once', () => {
  it('create one job', async (test) => {
    const desk = await ServiceDesk.open(test);
    const both = await Promise.all([finish(start(test, desk)), finish(start(test, desk))]);
    for (const { status, stdout } of both) {
      // The other one was quicker, or is still at it.
      assert.ok(status === 0 || stdout.includes('"kind":"being-submitted"'), stdout);
    }
    assert.ok(both.some(({ status }) => status === 0));
    assert.equal(desk.done('createJob'), 1);
  });
});

describe('Ctrl+C in a process', () => {
  it('stops an upload, and the next run goes on', async (test) => {
    const desk = await ServiceDesk.open(test);
    const effect = { kind: 'delay', milliseconds: 60_000 } as const;
    desk.service.faults.add({ operation: 'createFile', moment: 'arrival', effect });
    const child = start(test, desk);
    const ended = finish(child);
    await untilTaken(desk);
    child.kill('SIGINT');
    const { status, stderr } = await ended;
    assert.equal(status, 1);
    assert.match(stderr, /stopped, no job was created; submit again to go on\n$/);
    assert.equal((await desk.submit()).outcome, 'created');
  });
});

/** Until the request is there that the fault is for. */
async function untilTaken({ service }: ServiceDesk): Promise<void> {
  while (service.faults.planned.length > 0) await setImmediate();
}

async function untilThere(desk: ServiceDesk): Promise<void> {
  while ((await desk.jobs()) === 0) await setImmediate();
}

function start(test: TestContext, desk: ServiceDesk): ChildProcess {
  const env = { PATH: process.env['PATH'], ...desk.env() };
  const child = spawn(process.execPath, [main, ...args], { cwd: desk.folder, env });
  test.after(() => child.kill('SIGKILL'));
  return child;
}

async function finish(
  child: ChildProcess,
): Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }> {
  const { stdout, stderr } = child;
  assert.ok(stdout && stderr);
  const [out, err] = await Promise.all([text(stdout), text(stderr), once(child, 'close')]);
  return { status: child.exitCode, stdout: out, stderr: err };
}
