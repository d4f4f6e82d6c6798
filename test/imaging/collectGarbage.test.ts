import assert from 'node:assert/strict';
import { constants, PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { describe, it, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { collectGarbage } from '../../imaging/collectGarbage.ts';

describe('collectGarbage', () => {
  it('does nothing where there is little to give back', async (test) => {
    collectGarbage();
    const collections = countCollections(test);
    for (let count = 0; count < 20; count++) collectGarbage();
    assert.equal(await collections(), 0);
  });
});

/** Of the whole heap, from now on. They are told of between two turns of the event loop. */
function countCollections(test: TestContext): () => Promise<number> {
  let count = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { detail } = entry as PerformanceEntry & { readonly detail: { readonly kind: number } };
      if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) count++;
    }
  });
  observer.observe({ entryTypes: ['gc'] });
  test.after(() => observer.disconnect());
  return async () => {
    for (let turn = 0; turn < 3; turn++) await setImmediate();
    return count;
  };
}
