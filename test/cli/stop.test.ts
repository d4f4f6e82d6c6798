import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { Interruption } from '../../cli/interruption.ts';
import { Stop } from '../../cli/service/stop.ts';

class FakeProcess extends EventEmitter {
  readonly pid = 4711;
  readonly killed: string[] = [];

  kill(pid: number, signal: string): void {
    this.killed.push(`${pid} ${signal}`);
  }

  async interrupt(): Promise<void> {
    this.emit('SIGINT', 'SIGINT');
    await Promise.resolve();
  }
}

describe('stopping with Ctrl+C', () => {
  it('takes the first for a stop and the second for a cancellation, and ends at the third', async () => {
    const fake = new FakeProcess();
    const stop = new Stop({ onInterrupt: new Interruption(fake).add });
    assert.equal(stop.isStopped, false);
    await fake.interrupt();
    assert.deepEqual([stop.isStopped, stop.signal.aborted, fake.killed], [true, true, []]);
    await fake.interrupt();
    assert.equal(await stop.isSecond(), true);
    assert.deepEqual(fake.killed, []);
    // Nobody listens any more: the system ends the process.
    assert.equal(fake.listenerCount('SIGINT'), 0);
  });

  it('listens no more once it is over', async () => {
    const fake = new FakeProcess();
    const interruption = new Interruption(fake);
    new Stop({ onInterrupt: interruption.add }).end();
    const stopped = new Stop({ onInterrupt: interruption.add });
    await fake.interrupt();
    stopped.end();
    assert.equal(fake.listenerCount('SIGINT'), 0);
  });
});
