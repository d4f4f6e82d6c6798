import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeResult } from '../../cli/service/result.ts';
import { openaiEndpoint } from '../../core/service/endpoint.ts';
import { readJob } from '../../core/service/jobs.ts';

describe('what came of a submission', () => {
  const job = readJob({ id: 'ftjob-a', status: 'running' }) ?? assert.fail();
  const tell = (result: Parameters<typeof describeResult>[0]): string =>
    describeResult(
      result,
      { endpoint: openaiEndpoint, flags: '' },
      { paint: (_, text) => text, isWatched: true },
    );

  it('is told apart: a job of this run, one that was there, one that another machine was first with', () => {
    assert.match(tell({ outcome: 'created', job }), /^Job ftjob-a was created at /);
    assert.match(tell({ outcome: 'found', job }), /^Job ftjob-a is there already .* --again/);
    assert.match(
      tell({ outcome: 'found', job, withdrawnId: 'ftjob-b' }),
      /^Job ftjob-a was created .* by another machine .*, so ftjob-b, .* is cancelled\n$/,
    );
  });
});
