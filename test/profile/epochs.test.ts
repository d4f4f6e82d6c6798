import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenEpochs } from '../../core/profile/epochs.ts';
import { findProfile } from '../../core/profile/profiles.ts';

describe('the epochs of a job that names none', () => {
  const openai = findProfile('openai') ?? assert.fail();

  // Of OpenAI's notebook: the target of 3, unless that makes fewer than 100 or more than 25,000 examples.
  for (const [examples, epochs] of [
    [1, 25],
    [4, 25],
    [5, 20],
    [10, 10],
    [17, 5],
    [33, 3],
    [34, 3],
    [8_333, 3],
    [8_334, 2],
    [12_501, 1],
    [1_000_000, 1],
  ] as const) {
    it(`are ${epochs} for ${examples} at OpenAI`, () => {
      assert.equal(chosenEpochs(openai, examples), epochs);
    });
  }

  it('are not known for an empty file, nor at Azure', () => {
    assert.equal(chosenEpochs(openai, 0), undefined);
    assert.equal(chosenEpochs(findProfile('azure') ?? assert.fail(), 100), undefined);
  });
});
