import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { followJob, type JobUpdate } from '../../core/service/followJob.ts';
import { actOnJob, listJobs } from '../../core/service/jobs.ts';
import type { SurfaceName } from '../../practice/practice.ts';
import { PracticeBench } from './practiceBench.ts';

let bench: PracticeBench;
beforeEach(async () => {
  bench = await PracticeBench.open();
});
afterEach(async () => {
  await bench.close();
});

describe('a job that is followed', () => {
  for (const surface of ['openai', 'azure-v1', 'azure-dated'] satisfies SurfaceName[]) {
    it(`at ${surface} is told of to its end, each event once`, async () => {
      const { jobId } = await bench.submit({}, surface);
      const updates = await collect(jobId, surface);
      const last = updates.at(-1);
      assert.equal(last?.job.status, 'succeeded');
      assert.ok(last.job.fineTunedModel);
      assert.ok((last.job.trainedTokens ?? 0) > 0);
      assert.ok(last.checkpoints.length > 0);
      const ids = updates.flatMap(({ events }) => events.map(({ id }) => id));
      assert.equal(new Set(ids).size, ids.length);
      assert.ok(updates.some(({ events }) => events.some(({ data }) => 'train_loss' in data)));
    });
  }

  it('is told of as cancelled', async () => {
    const { jobId } = await bench.submit();
    await actOnJob(bench.client(), jobId, 'cancel');
    const updates = await collect(jobId);
    assert.equal(updates.at(-1)?.job.status, 'cancelled');
  });

  it('is followed through a time in which the service cannot be asked', async () => {
    const { jobId } = await bench.submit();
    bench.service.faults.add({
      operation: 'getJob',
      moment: 'arrival',
      effect: { kind: 'status', status: 503 },
      skip: 1,
      times: 7,
    });
    const updates = await collect(jobId);
    assert.ok(updates.some(({ problem }) => problem?.includes('503')));
    assert.equal(updates.at(-1)?.job.status, 'succeeded');
  });

  it('ends at once where there is none', async () => {
    await assert.rejects(collect('ftjob-none'), /does not know/);
  });

  it('is let go of', async () => {
    const { jobId } = await bench.submit();
    const stop = new AbortController();
    await assert.rejects(async () => {
      for await (const _ of followJob(bench.client(), jobId, stop.signal)) stop.abort();
    });
  });

  it('stands in the list of jobs, the newest first', async () => {
    const first = await bench.submit();
    const second = await bench.submit({ again: true });
    const ids: string[] = [];
    for await (const { id } of listJobs(bench.client())) ids.push(id);
    assert.deepEqual(ids, [second.jobId, first.jobId]);
  });
});

async function collect(id: string, surface?: SurfaceName): Promise<readonly JobUpdate[]> {
  const updates: JobUpdate[] = [];
  for await (const update of followJob(bench.client(surface), id)) updates.push(update);
  return updates;
}
