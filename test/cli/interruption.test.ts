import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { Interruption, type SignalledProcess } from '../../cli/interruption.ts';
import { soundFile } from './records.ts';
import { makeFolder, runCli } from './runCli.ts';

class FakeProcess extends EventEmitter implements SignalledProcess {
  readonly pid = 4711;
  readonly killed: string[] = [];

  kill(pid: number, signal: NodeJS.Signals): void {
    this.killed.push(`${pid} ${signal}`);
  }

  get isListening(): boolean {
    return this.listenerCount('SIGINT') + this.listenerCount('SIGTERM') > 0;
  }
}

describe('an interruption', () => {
  it('is listened for only while somebody has something to undo', () => {
    const fake = new FakeProcess();
    const interruption = new Interruption(fake);
    assert.ok(!fake.isListening);
    const removers = [interruption.add(() => 'end'), interruption.add(() => 'end')];
    assert.deepEqual([fake.listenerCount('SIGINT'), fake.listenerCount('SIGTERM')], [1, 1]);
    removers[0]?.();
    assert.ok(fake.isListening);
    removers[1]?.();
    assert.ok(!fake.isListening);
  });

  it('undoes, then ends the process by the same signal', () => {
    const fake = new FakeProcess();
    const told: string[] = [];
    new Interruption(fake).add(() => {
      told.push('bar');
      return 'end';
    });
    fake.emit('SIGTERM', 'SIGTERM');
    assert.deepEqual([told, fake.killed, fake.isListening], [['bar'], ['4711 SIGTERM'], false]);
  });

  it('leaves the end to who asks for time, and a second signal ends at once', () => {
    const fake = new FakeProcess();
    const interruption = new Interruption(fake);
    interruption.add(() => 'end');
    interruption.add(() => 'wait');
    fake.emit('SIGINT', 'SIGINT');
    assert.deepEqual([fake.killed, fake.isListening], [[], false]);
  });

  it('is not awaited any more once there is nothing to undo', async (test) => {
    const cwd = await makeFolder(test, { 'a.jsonl': soundFile });
    const fake = new FakeProcess();
    let drawn = '';
    let wasListening = false;
    let now = 0;
    const { stderr } = await runCli(['check', 'a.jsonl'], {
      cwd,
      isTerminal: { stdout: false, stderr: true },
      now: () => (now += 2000),
      onInterrupt: (handler) => {
        const remove = new Interruption(fake).add(handler);
        wasListening = fake.isListening;
        drawn += 'x';
        return remove;
      },
    });
    assert.deepEqual([drawn, wasListening, fake.isListening], ['x', true, false]);
    assert.ok(stderr.endsWith('\r\u001b[K'));
  });
});

describe('a run that is told to end', () => {
  const main = join(import.meta.dirname, '..', '..', 'cli', 'main.ts');

  /** Says so and never comes back, as the longest comparison does; the first look at the clock is before any file. */
  const busy = `performance.now = () => { process.stderr.write('busy'); for (;;); };`;

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`ends by ${signal} in the middle of its work`, { timeout: 30_000 }, async (test) => {
      const child = start(test, ['check', '-']);
      const { stderr } = child;
      assert.ok(stderr);
      await once(stderr, 'data');
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [null, signal]);
    });
  }

  function start(test: TestContext, args: readonly string[]): ChildProcess {
    const preload = `data:text/javascript,${encodeURIComponent(busy)}`;
    const child = spawn(process.execPath, ['--import', preload, main, ...args]);
    test.after(() => child.kill('SIGKILL'));
    return child;
  }
});
