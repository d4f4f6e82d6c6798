import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { listJobs, type Job } from '../../core/service/jobs.ts';
import { settle } from '../../core/service/settle.ts';
import { PracticeBench } from './practiceBench.ts';

let bench: PracticeBench;
beforeEach(async () => {
  bench = await PracticeBench.open();
});
afterEach(async () => {
  await bench.close();
});

describe('a submission of which it was not known whether it has a job', () => {
  for (const surface of ['openai', 'azure-dated'] as const) {
    it(`has one as soon as a list of ${surface} shows it`, async () => {
      const { submission, jobId } = await bench.submit({}, surface);
      const { jobId: _, ...unknown } = submission;
      await bench.journal.write({ ...unknown, state: 'unknown' });
      const jobs: Job[] = [];
      for await (const job of listJobs(bench.client(surface))) jobs.push(job);
      await settle(bench.journal, bench.client(surface), []);
      assert.equal((await bench.journal.list())[0]?.state, 'unknown');
      await settle(bench.journal, bench.client(surface), jobs);
      const [settled] = await bench.journal.list();
      assert.deepEqual([settled?.state, settled?.jobId], ['confirmed', jobId]);
    });
  }

  it('is left to whoever is at work on it', async () => {
    const { submission, job } = await bench.submit();
    await bench.journal.write({ ...submission, state: 'sent' });
    assert.ok(await bench.journal.lock(submission.fingerprint));
    await settle(bench.journal, bench.client(), [job]);
    assert.equal((await bench.journal.list())[0]?.state, 'sent');
  });
});
