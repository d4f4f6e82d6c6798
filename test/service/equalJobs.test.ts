import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { actOnJob, getJob } from '../../core/service/jobs.ts';
import { submit, type SubmissionResult } from '../../core/service/submission.ts';
import type { SurfaceName } from '../../practice/practice.ts';
import { hastyClock, PracticeBench } from './practiceBench.ts';

const surfaces: readonly SurfaceName[] = ['openai', 'azure-v1', 'azure-dated'];

let bench: PracticeBench;
beforeEach(async () => {
  // A job is not over before anybody has looked at it.
  bench = await PracticeBench.open({ speed: 10 });
});
afterEach(async () => {
  await bench.close();
});

describe('a submission that another machine has made as well', () => {
  for (const surface of surfaces) {
    it(`finds the job at ${surface}, and sends nothing`, async () => {
      const first = await submitElsewhere(surface);
      const second = await bench.submit({}, surface);
      assert.deepEqual([second.outcome, second.jobId], ['found', first.jobId]);
      assert.deepEqual([bench.done('createFile'), bench.done('createJob')], [1, 1]);
    });

    it(`finds the job at ${surface} that was created while the file was sent`, async () => {
      const plan = await bench.plan();
      const { file } = plan.training;
      const assertUnchanged = file.assertUnchanged.bind(file);
      let first: SubmissionResult | undefined;
      file.assertUnchanged = async () => {
        if (bench.done('createFile') === 1) first ??= await submitElsewhere(surface);
        await assertUnchanged();
      };
      const { journal } = bench;
      const second = await submit(plan, { client: bench.client(surface), journal });
      assert.ok(first);
      assert.deepEqual([second.outcome, second.jobId], ['found', first.jobId]);
      assert.equal(bench.done('createJob'), 1);
    });

    it(`takes its own job at ${surface} back where both were created within a second, and the other is first`, async () => {
      // Neither sees the job of the other before it has one.
      const operation = surface === 'azure-dated' ? 'listFiles' : 'listJobs';
      const effect = { kind: 'status', status: 404 } as const;
      bench.service.faults.add({ operation, moment: 'arrival', effect, times: 4 });
      const results = await Promise.all([submitAtOnce('here'), submitAtOnce('elsewhere')]);
      assert.deepEqual(results.map(({ outcome }) => outcome).sort(), ['created', 'found']);
      assert.deepEqual([bench.done('createJob'), bench.done('cancelJob')], [2, 1]);
      const [{ jobId }, other] = results;
      assert.equal(jobId, other.jobId);
      const withdrawn = results.flatMap(({ withdrawnId }) => withdrawnId ?? []);
      assert.equal(withdrawn.length, 1);
      const statusOf = async (id: string) => (await getJob(bench.client(surface), id)).status;
      assert.notEqual(await statusOf(jobId), 'cancelled');
      assert.equal(await statusOf(withdrawn.join()), 'cancelled');

      /** As a machine that has its job looks for others once both have one. */
      async function submitAtOnce(machine: 'here' | 'elsewhere'): Promise<SubmissionResult> {
        let isCreating = false;
        const clock: typeof hastyClock = {
          ...hastyClock,
          sleep: async (milliseconds, signal) => {
            do await hastyClock.sleep(milliseconds, signal);
            while (isCreating && bench.done('createJob') < 2);
          },
        };
        return submit(await bench.plan(), {
          client: bench.client(surface, { clock }),
          journal: machine === 'here' ? bench.journal : bench.anotherJournal(),
          onProgress: ({ step }) => {
            isCreating = step === 'creating';
          },
        });
      }
    });
  }

  it('makes another job all the same where a person wants one', async () => {
    await submitElsewhere('openai');
    const { outcome } = await bench.submit({ again: true });
    assert.deepEqual([outcome, bench.done('cancelJob')], ['created', 0]);
  });

  it('finds of several jobs one that was not cancelled', async () => {
    const first = await submitElsewhere('openai');
    const second = await submitElsewhere('openai', { again: true });
    await actOnJob(bench.client(), second.jobId, 'cancel');
    const { outcome, jobId } = await bench.submit();
    assert.deepEqual([outcome, jobId], ['found', first.jobId]);
  });
});

async function submitElsewhere(
  surface: SurfaceName,
  changes: { readonly again?: boolean } = {},
): Promise<SubmissionResult> {
  const client = bench.client(surface);
  return submit(await bench.plan(changes), { client, journal: bench.anotherJournal() });
}
