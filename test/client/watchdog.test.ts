import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, it } from 'node:test';
import { Restarts } from '../../client/survival/restarts.ts';
import { Watchdog } from '../../client/survival/watchdog.ts';

describe('the watchdog', () => {
  let dog: Watchdog | undefined;
  let ended = 0;
  let pings = 0;
  afterEach(() => {
    dog?.dispose();
    ended = pings = 0;
  });

  function watch(ping: () => Promise<unknown>, isBusy = true): Watchdog {
    dog = new Watchdog({
      isBusy: () => isBusy,
      ping: () => {
        pings++;
        return ping();
      },
      end: () => {
        ended++;
      },
    });
    return dog;
  }

  function look(times: number): void {
    for (let time = 0; time < times; time++) dog?.look();
  }

  it('ends a server that does not answer for two seconds, once', () => {
    watch(() => new Promise(() => undefined));
    look(8);
    assert.equal(ended, 0);
    look(1);
    assert.equal(ended, 1);
    look(20);
    assert.deepEqual([ended, pings], [1, 1]);
  });

  it('leaves one alone that answers, even with an error', async () => {
    let isGood = true;
    watch(() => {
      isGood = !isGood;
      return isGood ? Promise.resolve() : Promise.reject(new Error('no such method'));
    });
    for (let time = 0; time < 10; time++) {
      look(8);
      await setImmediate();
    }
    assert.deepEqual([ended, pings], [0, 10]);
  });

  it('asks nothing of one that has nothing to do', () => {
    watch(() => Promise.resolve(), false);
    look(20);
    assert.equal(pings, 0);
  });
});

describe('starts after deaths', () => {
  it('come at once, then later and later, and at last not at all', () => {
    const restarts = new Restarts();
    const delays = Array.from({ length: 13 }, () => restarts.delayAfterDeath(0));
    assert.deepEqual(delays.slice(0, 5), [0, 250, 500, 1000, 2000]);
    assert.deepEqual(delays.slice(-2), [15_000, undefined]);
  });

  it('leave room for a death that is risked until there were six', () => {
    const restarts = new Restarts();
    for (let death = 0; death < 5; death++) restarts.delayAfterDeath(0);
    assert.ok(restarts.isCalm(0));
    restarts.delayAfterDeath(0);
    assert.ok(!restarts.isCalm(0));
    assert.ok(restarts.isCalm(200_000));
  });

  it('forget deaths of three minutes ago, and all when somebody asks', () => {
    const restarts = new Restarts();
    restarts.delayAfterDeath(0);
    assert.equal(restarts.delayAfterDeath(100_000), 250);
    assert.equal(restarts.delayAfterDeath(200_000), 250);
    assert.equal(restarts.delayAfterDeath(900_000), 0);
    restarts.delayAfterDeath(900_000);
    restarts.clear();
    assert.equal(restarts.delayAfterDeath(900_000), 0);
  });
});
