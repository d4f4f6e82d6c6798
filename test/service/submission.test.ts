import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { deleteFile } from '../../core/service/files.ts';
import { actOnJob, getJob, submissionKey } from '../../core/service/jobs.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { submit, type SubmissionProgress } from '../../core/service/submission.ts';
import type { Fault, FaultEffect, SurfaceName } from '../../practice/practice.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { PracticeBench } from './practiceBench.ts';

const surfaces: readonly SurfaceName[] = ['openai', 'azure-v1', 'azure-dated'];

let bench: PracticeBench;
beforeEach(async () => {
  bench = await PracticeBench.open();
});
afterEach(async () => {
  await bench.close();
});

describe('a submission', () => {
  for (const surface of surfaces) {
    it(`uploads the file and creates one job at ${surface}`, async () => {
      const { jobId, outcome, submission } = await bench.submit({}, surface);
      assert.equal(outcome, 'created');
      assert.equal(submission.state, 'confirmed');
      const job = await getJob(bench.client(surface), jobId);
      assert.equal(job.trainingFile, submission.training.fileId);
      assert.equal(bench.done('createFile'), 1);
      assert.equal(bench.done('createJob'), 1);
      assert.deepEqual(
        bench.service.requests.flatMap(({ problems }) => problems),
        [],
      );
    });
  }

  it('names itself in the metadata of the job where the surface has it', async () => {
    const { jobId, submission } = await bench.submit();
    const { metadata } = await getJob(bench.client(), jobId);
    assert.equal(metadata[submissionKey], submission.id);
  });

  it('sends the validation file and what was wished', async () => {
    await writeFile(join(bench.folder, 'val.jsonl'), trainingText('Other'));
    const { jobId } = await bench.submit({
      validation: await bench.checked('val.jsonl'),
      wishes: {
        model: 'gpt-4o-2024-08-06',
        suffix: 'harbour',
        seed: 7,
        epochs: 2,
        batchSize: 4,
        learningRateMultiplier: 0.5,
      },
    });
    const job = await getJob(bench.client(), jobId);
    assert.ok(job.validationFile);
    assert.equal(job.seed, 7);
    assert.deepEqual([job.epochs, job.batchSize, job.learningRateMultiplier], [2, 4, 0.5]);
  });

  it('tells how far it is', async () => {
    const steps: SubmissionProgress[] = [];
    const { journal } = bench;
    await submit(await bench.plan(), {
      client: bench.client('azure-v1'),
      journal,
      onProgress: (progress) => steps.push(progress),
    });
    const [first] = steps;
    assert.ok(first?.step === 'uploading' && first.sent === first.of);
    assert.equal(steps.at(-1)?.step, 'creating');
  });

  it('run again finds its job, and makes another only where a person says so', async () => {
    const first = await bench.submit();
    const second = await bench.submit();
    assert.equal(second.outcome, 'found');
    assert.equal(second.jobId, first.jobId);
    assert.equal(bench.done('createJob'), 1);
    const third = await bench.submit({ again: true });
    assert.equal(third.outcome, 'created');
    assert.equal(bench.done('createJob'), 2);
  });

  it('tells how the job stands that it has found', async () => {
    await bench.close();
    // The job is not over before it is cancelled.
    bench = await PracticeBench.open({ speed: 10 });
    const { jobId } = await bench.submit();
    await actOnJob(bench.client(), jobId, 'cancel');
    const { outcome, job } = await bench.submit();
    assert.deepEqual([outcome, job.status], ['found', 'cancelled']);
  });

  it('is begun also by a key that may not list jobs', async () => {
    fail('listJobs', 'arrival', { kind: 'status', status: 403 });
    assert.equal((await bench.submit({}, 'azure-v1')).outcome, 'created');
  });

  it('that is to make another job still is to after it was stopped', async () => {
    await bench.submit();
    fail('createJob', 'arrival', { kind: 'status', status: 400 });
    await assert.rejects(bench.submit({ again: true }));
    assert.equal((await bench.submit()).outcome, 'created');
    assert.equal(bench.done('createJob'), 2);
  });

  for (const surface of ['openai', 'azure-v1'] as const) {
    it(`sends a file again that was deleted at ${surface} before the job was created`, async () => {
      fail('createJob', 'arrival', { kind: 'status', status: 400 });
      await assert.rejects(bench.submit({}, surface));
      const [{ training } = assert.fail()] = await bench.journal.list();
      await deleteFile(bench.client(surface), training.fileId ?? '');
      const { submission } = await bench.submit({}, surface);
      assert.notEqual(submission.training.fileId, training.fileId);
      assert.equal(bench.done('createFile'), 2);
    });
  }

  it('is another one with other wishes, another file or another endpoint', async () => {
    await bench.submit();
    await bench.submit({ wishes: { model: 'gpt-4o-2024-08-06', epochs: 2 } });
    await bench.submit({}, 'azure-v1');
    await writeFile(join(bench.folder, 'train.jsonl'), trainingText('Changed'));
    await bench.submit();
    assert.equal(bench.done('createJob'), 4);
  });

  it('is run by one of two that come at once', async () => {
    const both = await Promise.allSettled([bench.submit(), bench.submit()]);
    assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
    const failed = both.find((each) => each.status === 'rejected');
    assertKind(failed?.reason, 'being-submitted');
    assert.equal(bench.done('createJob'), 1);
  });

  it('goes on where it was cancelled, and sends no file twice', async () => {
    const stop = new AbortController();
    await assert.rejects(
      submit(await bench.plan(), {
        client: bench.client('azure-v1'),
        journal: bench.journal,
        signal: stop.signal,
        onProgress: ({ step }) => {
          if (step === 'processing' || step === 'creating') stop.abort();
        },
      }),
    );
    assert.equal(bench.done('createJob'), 0);
    const { outcome } = await bench.submit({}, 'azure-v1');
    assert.equal(outcome, 'created');
    assert.equal(bench.done('createFile'), 1);
  });

  it('stops where the file has changed since it was checked', async () => {
    const plan = await bench.plan();
    await writeFile(join(bench.folder, 'train.jsonl'), trainingText('Swapped'));
    await assert.rejects(
      submit(plan, { client: bench.client(), journal: bench.journal }),
      (error) => assertKind(error, 'file-changed'),
    );
    assert.equal(bench.done('createFile'), 0);
  });

  it('says that the key is wrong, and creates nothing', async () => {
    const client = bench.client('openai', { key: 'wrong' });
    await assert.rejects(submit(await bench.plan(), { client, journal: bench.journal }), (error) =>
      assertKind(error, 'wrong-key'),
    );
  });

  it('says that the provider is closing, once the file is there, and begins there when run again', async () => {
    fail('createJob', 'arrival', { kind: 'refuse', refusal: 'training-not-available' });
    await assert.rejects(bench.submit(), (error) => assertKind(error, 'training-closed'));
    await bench.submit();
    assert.equal(bench.done('createFile'), 1);
  });

  it('tells that the file was refused', async () => {
    await writeFile(join(bench.folder, 'train.jsonl'), '{"messages": \n');
    await assert.rejects(bench.submit({}, 'azure-v1'), (error) =>
      assertKind(error, 'file-refused'),
    );
  });
});

/** What becomes of the request that creates the job. */
const cuts: readonly [string, Fault['moment'], FaultEffect][] = [
  ['cut before anything is read', 'arrival', { kind: 'cut' }],
  ['cut after its headers', 'body', { kind: 'cut' }],
  ['cut in the middle of the answer to nothing done', 'arrival', { kind: 'cut', bytes: 20 }],
  ['done, and no answer comes', 'reply', { kind: 'cut' }],
  ['done, and the answer ends in its status line', 'reply', { kind: 'cut', bytes: 5 }],
  ['done, and the answer ends in its headers', 'reply', { kind: 'cut', bytes: 40 }],
  ['done, and the answer ends in its body', 'reply', { kind: 'cut', bytes: 400 }],
  ['done, and 500 is answered', 'reply', { kind: 'status', status: 500 }],
  ['done, and 409 is answered', 'reply', { kind: 'status', status: 409 }],
  ['done, and 408 is answered', 'reply', { kind: 'status', status: 408 }],
  ['done, and 503 is answered', 'reply', { kind: 'status', status: 503, retryAfter: '1' }],
  ['not done: 408', 'arrival', { kind: 'status', status: 408 }],
  ['not done: 409', 'arrival', { kind: 'status', status: 409 }],
  ['not done: 429', 'arrival', { kind: 'status', status: 429, retryAfter: '1' }],
  ['not done: 500', 'arrival', { kind: 'status', status: 500 }],
  ['not done: 502', 'arrival', { kind: 'status', status: 502 }],
  ['not done: 503', 'arrival', { kind: 'status', status: 503 }],
  ['not done: 504', 'arrival', { kind: 'status', status: 504 }],
  ['redirected', 'arrival', { kind: 'redirect', location: 'http://127.0.0.1:9/steal' }],
  ['answered too late', 'reply', { kind: 'delay', milliseconds: 60_000 }],
];

describe('a job is created once at most', () => {
  for (const surface of surfaces) {
    for (const [what, moment, effect] of cuts) {
      it(`at ${surface} when its request is ${what}`, async () => {
        fail('createJob', moment, effect);
        const journal = bench.journal;
        const client = bench.client(surface, { patience: 300 });
        const attempt = async (): Promise<unknown> =>
          submit(await bench.plan(), { client, journal }).catch((error: unknown) => error);
        assertTruth(await attempt(), await bench.jobs(surface));
        // Run again, it finds the job, creates it where it was refused, or still does not know.
        assertTruth(await attempt(), await bench.jobs(surface));
      });
    }
  }
});

describe('an upload', () => {
  for (const [what, moment, effect] of cuts) {
    it(`leaves one file at most when it is ${what}`, async () => {
      fail('createFile', moment, effect);
      // So long that nothing but what is made to fail does, on a busy machine as well.
      const client = bench.client('openai', { patience: 3000 });
      const { journal } = bench;
      await submit(await bench.plan(), { client, journal }).catch(() => undefined);
      await submit(await bench.plan(), { client, journal });
      assert.equal(await bench.files(), 1);
      assert.equal(await bench.jobs(), 1);
    });
  }
});

/** What was told about the job is so: created, refused, or not known. */
function assertTruth(told: unknown, jobs: number): void {
  assert.ok(jobs <= 1, `${jobs} jobs`);
  if (told instanceof ServiceError) {
    assert.ok(
      told.kind === 'unknown-outcome' || (told.outcome !== 'unknown' && jobs === 0),
      told.message,
    );
    return;
  }
  assert.ok(typeof told === 'object' && told && 'jobId' in told, String(told));
  assert.equal(jobs, 1);
}

function fail(operation: Fault['operation'], moment: Fault['moment'], effect: FaultEffect): void {
  bench.service.faults.add({ operation: operation ?? 'createJob', moment, effect });
}

function assertKind(error: unknown, kind: string): true {
  assert.ok(error instanceof ServiceError, String(error));
  assert.equal(error.kind, kind);
  return true;
}

function trainingText(word: string): string {
  return withSoundRecords().replaceAll('Hi', word);
}
