import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { keepEarliest, nameAtService } from '../../core/service/equalJobs.ts';
import { submissionOf } from '../../core/service/findJob.ts';
import { actOnJob, getJob } from '../../core/service/jobs.ts';
import { submit, type SubmissionResult } from '../../core/service/submission.ts';
import { fieldsOf, listOf, type Fields } from '../../core/service/wire.ts';
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
      // The receipt and the lines of the submission are those of the job that stays.
      const submissions = results.map(({ submission }) => submission);
      const client = bench.client(surface);
      const belongs = async (id: string) =>
        submissionOf(await getJob(client, id), client, submissions) !== undefined;
      assert.deepEqual([await belongs(jobId), await belongs(withdrawn.join())], [true, false]);

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

describe('of two equal jobs', () => {
  let first: SubmissionResult;
  let second: SubmissionResult;
  beforeEach(async () => {
    first = await submitElsewhere('openai');
    second = await submitElsewhere('openai', { again: true });
  });

  const seconds = (of: (id: string) => unknown) => (jobs: readonly Fields[]) =>
    jobs.map((job) => ({ ...job, created_at: of(String(job['id'])) }));
  const inOrder = seconds((id) => (id === first.jobId ? 100 : 101));

  it('the later gives way, however the list is ordered', async () => {
    assert.deepEqual(await keptOf(second, inOrder), [first.jobId, 1]);
    assert.deepEqual(await keptOf(first, (jobs) => inOrder(jobs).reverse()), [first.jobId, 1]);
  });

  it('one gives way where both have the same time', async () => {
    const kept = [
      await keptOf(
        first,
        seconds(() => 100),
      ),
      await keptOf(
        second,
        seconds(() => 100),
      ),
    ];
    const earliest = [first.jobId, second.jobId].sort()[0];
    assert.deepEqual(kept, [
      [earliest, first.jobId === earliest ? 0 : 1],
      [earliest, 1],
    ]);
  });

  it('none gives way where the list tells no time', async () => {
    const times = [() => undefined, (id: string) => (id === first.jobId ? 100 : undefined)];
    for (const time of times) {
      assert.deepEqual(await keptOf(first, seconds(time)), [first.jobId, 0]);
      assert.deepEqual(await keptOf(second, seconds(time)), [second.jobId, 0]);
    }
  });

  it('none gives way while the list does not show it', async () => {
    const others = (jobs: readonly Fields[]) =>
      inOrder(jobs).filter((job) => fieldsOf(job)['id'] !== second.jobId);
    assert.deepEqual(await keptOf(second, others), [second.jobId, 0]);
  });

  it('the later stays where the first is over, though the list does not know it yet', async () => {
    await actOnJob(bench.client(), first.jobId, 'cancel');
    const late = (jobs: readonly Fields[]) =>
      inOrder(jobs).map((job) => ({ ...job, status: 'running' }));
    assert.deepEqual(await keptOf(second, inOrder), [second.jobId, 1]);
    assert.deepEqual(await keptOf(second, late), [second.jobId, 1]);
  });

  it('the later stays where it cannot be cancelled', async () => {
    const effect = { kind: 'status', status: 403 } as const;
    bench.service.faults.add({ operation: 'cancelJob', moment: 'arrival', effect });
    assert.deepEqual(await keptOf(second, inOrder), [second.jobId, 0]);
  });

  it('the later has given way also where that is not answered', async () => {
    const effect = { kind: 'status', status: 400 } as const;
    bench.service.faults.add({ operation: 'cancelJob', moment: 'reply', effect });
    assert.deepEqual(await keptOf(second, inOrder), [first.jobId, 1]);
  });
});

describe('the name of a file at the service', () => {
  const submission = { id: '01234567-89ab-4cde-8fab-0123456789ab', fingerprint: 'f'.repeat(32) };

  it('is that of the file, then what it is known by', () => {
    const names = ['/data/train.jsonl', '.jsonl', 'a "b" é.JSONL'];
    assert.deepEqual(
      names.map((name) => nameAtService(name, submission)),
      ['train', '.jsonl', 'a "b" é'].map((stem) => `${stem}-ffffffffffff-01234567.jsonl`),
    );
  });

  it('is no longer than a file system takes, and cuts no character', () => {
    const name = nameAtService(`${'😀'.repeat(60)}.jsonl`, submission);
    assert.equal(name, `${'😀'.repeat(50)}-ffffffffffff-01234567.jsonl`);
    assert.ok(Buffer.byteLength(name) <= 255);
  });
});

/** Which job stays, as it is to the one that has created the job of `result`, and how many jobs have been cancelled. */
async function keptOf(
  { job, submission }: SubmissionResult,
  change: (jobs: readonly Fields[]) => readonly Fields[],
): Promise<[string, number]> {
  const client = bench.client();
  const get = client.get.bind(client);
  client.get = async (path, ...rest) => {
    const answer = await get(path, ...rest);
    if (path !== 'fine_tuning/jobs') return answer;
    return { ...fieldsOf(answer), data: change(listOf(fieldsOf(answer)['data']).map(fieldsOf)) };
  };
  const kept = await keepEarliest(client, submission.fingerprint, job);
  return [kept.id, bench.done('cancelJob')];
}

async function submitElsewhere(
  surface: SurfaceName,
  changes: { readonly again?: boolean } = {},
): Promise<SubmissionResult> {
  const client = bench.client(surface);
  return submit(await bench.plan(changes), { client, journal: bench.anotherJournal() });
}
