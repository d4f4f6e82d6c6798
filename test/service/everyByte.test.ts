import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { Credential, keySchemeOf } from '../../core/service/credential.ts';
import { parseEndpoint } from '../../core/service/endpoint.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import { ServiceError } from '../../core/service/serviceError.ts';
import { submit, type SubmissionProgress } from '../../core/service/submission.ts';
import type { SurfaceName } from '../../practice/practice.ts';
import { withSoundRecords } from '../helpers/trainingText.ts';
import { CuttingProxy, type Cut } from './cuttingProxy.ts';
import { hastyClock, PracticeBench } from './practiceBench.ts';

/**
 * Bytes from one cut to the next: prime, and another for each surface, so that together they fall on every kind of byte.
 * With 11, 17 and 19 this made 733 cuts, in two minutes.
 */
const steps: readonly (readonly [SurfaceName, number])[] = [
  ['openai', 59],
  ['azure-v1', 71],
  ['azure-dated', 83],
];

/** More than any request or reply here has. */
const longest = 20_000;

for (const [surface, step] of steps) {
  describe(`a connection to ${surface} that ends anywhere`, () => {
    let bench: PracticeBench;
    let proxy: CuttingProxy;
    let number = 0;
    before(async () => {
      bench = await PracticeBench.open({ limits: { maxStoredFiles: Infinity } });
      proxy = await CuttingProxy.start(Number(new URL(bench.service.origin).port));
    });
    after(async () => {
      await proxy.stop();
      await bench.close();
    });

    for (const side of ['request', 'reply'] as const) {
      it(`in the ${side} that creates the job leaves one job at most, and the truth is told`, async (test) => {
        const counts = { cuts: 0, created: 0, found: 0, unknown: 0 };
        await forEachCut('fine_tuning/jobs', side, async () => {
          const done = bench.done('createJob');
          const told = [await attempt(), await attempt()];
          const jobs = bench.done('createJob') - done;
          counts.cuts += 1;
          counts.created += jobs;
          assert.ok(jobs <= 1, `${jobs} jobs`);
          for (const each of told) {
            if (each instanceof ServiceError) {
              assert.ok(each.kind === 'unknown-outcome', each.message);
              counts.unknown += 1;
            } else {
              assert.equal(jobs, 1);
              counts.found += 1;
            }
          }
        });
        tell(test, counts);
        assert.ok(counts.cuts > 3);
      });

      it(`in the ${side} that sends the file is made good by the next run, with one file and one job`, async (test) => {
        const counts = { cuts: 0, uploads: 0, created: 0 };
        await forEachCut('files', side, async () => {
          const [files, jobs] = [bench.done('createFile'), bench.done('createJob')];
          await attempt();
          const second = await attempt();
          assert.ok(!(second instanceof Error), String(second));
          counts.cuts += 1;
          counts.uploads += bench.done('createFile') - files;
          counts.created += bench.done('createJob') - jobs;
          assert.equal(bench.done('createJob') - jobs, 1);
          assert.equal(bench.done('createFile') - files, 1);
        });
        tell(test, counts);
        assert.ok(counts.cuts > 3);
      });
    }

    it('is none where it is not even made, and then nothing was created', async () => {
      await writeFile(join(bench.folder, 'train.jsonl'), withSoundRecords());
      const done = bench.done('createJob');
      const told = await attempt(({ step }) => {
        if (step === 'creating') proxy.refuse();
      });
      assert.ok(told instanceof ServiceError);
      assert.deepEqual([told.kind, told.outcome], ['no-connection', 'not-sent']);
      assert.equal((await bench.journal.list())[0]?.state, 'uploaded');
      assert.equal(bench.done('createJob'), done);
    });

    /** Ends the connection of such a request after 0 bytes, after `step`, and so on, until it is not reached any more. */
    async function forEachCut(
      path: string,
      side: Cut['of'],
      run: () => Promise<void>,
    ): Promise<void> {
      const { pathname } = bench.endpoint(surface).base;
      for (let at = 0; at < longest; at += step) {
        number += 1;
        const text = withSoundRecords().replaceAll('Hi', `Hi ${number}`);
        await writeFile(join(bench.folder, 'train.jsonl'), text);
        proxy.cutNext({ request: `POST ${pathname}${path}`, of: side, after: at });
        await run();
        if (proxy.seen[side] < at) return;
      }
      assert.fail('no end was found');
    }

    async function attempt(onProgress?: (progress: SubmissionProgress) => void): Promise<unknown> {
      const plan = await bench.plan();
      try {
        return await submit(plan, {
          client: client(),
          journal: bench.journal,
          ...(onProgress && { onProgress }),
        });
      } catch (error) {
        return error;
      } finally {
        await plan.training.file.close();
      }
    }

    /** The same service as the bench's, through the proxy. */
    function client(): ServiceClient {
      const { base, apiVersion, provider } = bench.endpoint(surface);
      const version = apiVersion === undefined ? '' : `?api-version=${apiVersion}`;
      const endpoint = parseEndpoint(`${proxy.origin}${base.pathname}${version}`, provider);
      assert.ok(!('problem' in endpoint));
      const credential = new Credential(endpoint, keySchemeOf(endpoint.surface), bench.service.key);
      return new ServiceClient({ endpoint, credential, clock: hastyClock, patience: 2000 });
    }
  });
}

function tell(test: TestContext, counts: Readonly<Record<string, number>>): void {
  test.diagnostic(
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', '),
  );
}
