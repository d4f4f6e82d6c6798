import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { OpenAPIBackend } from 'openapi-backend';
import { corporaMissing } from '../helpers/corpora.ts';
import { exerciseAll } from './exercise.ts';
import { startPractice } from './practiceClient.ts';
import { loadPublished } from './loadPublished.ts';

/** What the service does although the description says otherwise, each for a reason. */
const knownDifferences: readonly RegExp[] = [
  // The description's own sample of a job that is well has an empty object there, without its required members.
  /^\S+ (?:\/data\/\d+)?\/error must have required property '(?:code|message|param)'$/,
  /^\S+ (?:\/data\/\d+)?\/error must be null$/,
  /^\S+ (?:\/data\/\d+)?\/error must match (?:a schema in anyOf|exactly one schema in oneOf)$/,
  // Its own samples of pausing and resuming have this status, which its list of them lacks.
  /^pauseFineTuningJob \/status must be equal to one of the allowed values$/,
];

describe('the description that OpenAI publishes', { skip: corporaMissing }, () => {
  let published: OpenAPIBackend;

  before(async () => {
    published = await loadPublished();
  });

  it('has nothing against what the contract lets pass, nor against what the service answers', async (test) => {
    const practice = await startPractice(test, 'openai');
    const exchanges = await exerciseAll(practice);
    const differences: string[] = [];
    const used = new Set<RegExp>();
    for (const { method, path, json, form, answer } of exchanges) {
      const [pathname = '', query = ''] = path.split('?');
      const request = {
        method,
        path: pathname,
        query,
        headers: { 'content-type': form ? 'multipart/form-data' : 'application/json' },
        ...(json !== undefined && { body: json }),
        ...(form && {
          body: {
            ...form,
            ...('file' in form && { file: 'bytes' }),
            ...('data' in form && { data: 'bytes' }),
          },
        }),
      };
      const operation = published.matchOperation(request);
      assert.ok(operation?.operationId, `${method} ${path}`);
      const { operationId } = operation;
      const asked = published.validateRequest(request, operation);
      // Content of a file is said to be a string of JSON.
      const isContent = operationId === 'downloadFile';
      const answered = isContent
        ? undefined
        : published.validateResponse(answer.body, operation, answer.status);
      for (const error of [...(asked.errors ?? []), ...(answered?.errors ?? [])]) {
        const words = `${operationId} ${error.instancePath} ${error.message ?? ''}`;
        const known = knownDifferences.find((pattern) => pattern.test(words));
        if (known) used.add(known);
        else differences.push(`${words} ${JSON.stringify(error.params)}`);
      }
    }
    assert.deepEqual(differences, []);
    assert.deepEqual(
      knownDifferences.filter((pattern) => !used.has(pattern)),
      [],
    );
  });

  it('refuses what the contract refuses', () => {
    const refused = [
      { training_file: 'file-x' },
      { model: 'm', training_file: 'f', seed: -1 },
      { model: 'm', training_file: 'f', suffix: 'a'.repeat(65) },
      {
        model: 'm',
        training_file: 'f',
        method: { type: 'supervised', supervised: { hyperparameters: { n_epochs: 51 } } },
      },
    ];
    for (const body of refused) {
      const path = '/fine_tuning/jobs';
      const headers = { 'content-type': 'application/json' };
      const { valid } = published.validateRequest({ method: 'POST', path, headers, body });
      assert.equal(valid, false, JSON.stringify(body));
    }
  });
});
