import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { connectionTo } from '../../client/service/connection.ts';
import type { KnownJob } from '../../client/service/jobBook.ts';
import { showJobs } from '../../client/service/showJob.ts';
import { openaiEndpoint, parseEndpoint } from '../../core/service/endpoint.ts';

const azure = parseEndpoint('contoso', 'azure');
assert.ok(!('problem' in azure));
const places = { openai: connectionTo(openaiEndpoint), azure: connectionTo(azure) };

describe('several jobs on one page', () => {
  it('have the names of their files where these differ', () => {
    assert.deepEqual(names(known('a.jsonl', 'azure', '1'), known('b.jsonl', 'azure', '2')), [
      'a.jsonl',
      'b.jsonl',
    ]);
  });

  it('are told apart by their places, else by their ids', () => {
    assert.deepEqual(names(known('a.jsonl', 'azure', '1'), known('a.jsonl', 'openai', '2')), [
      'a.jsonl · Azure OpenAI · contoso',
      'a.jsonl · OpenAI',
    ]);
    assert.deepEqual(names(known('a.jsonl', 'azure', '1'), known('a.jsonl', 'azure', '2')), [
      'a.jsonl · ftjob-1',
      'a.jsonl · ftjob-2',
    ]);
  });
});

function names(...jobs: readonly KnownJob[]): readonly string[] {
  return showJobs(jobs).map(({ name }) => name);
}

function known(file: string, place: keyof typeof places, number: string): KnownJob {
  const { endpoint } = places[place];
  const id = `ftjob-${number}`;
  return {
    key: id,
    connection: places[place],
    job: { id, model: 'gpt-4.1-2025-04-14', status: 'running', resultFiles: [], metadata: {} },
    events: [],
    checkpoints: [],
    submission: {
      version: 1,
      id: number,
      fingerprint: number,
      state: 'confirmed',
      createdAt: 0,
      changedAt: 0,
      endpoint: { ...endpoint, base: endpoint.base.href },
      training: { path: `/data/${file}`, byteLength: 1, sha256: 'abc', records: 1 },
      wishes: { model: 'gpt-4.1-2025-04-14' },
    },
    problem: undefined,
  };
}
