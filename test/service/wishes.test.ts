import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Provider } from '../../core/profile/profile.ts';
import { findProfile } from '../../core/profile/profiles.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { problemOfWishes } from '../../core/service/wishes.ts';

/** What is wished, besides a model, and what is said of it. */
const cases: readonly [Provider, Partial<JobWishes>, string | undefined][] = [
  ['openai', {}, undefined],
  ['openai', { epochs: 1, batchSize: 256, learningRateMultiplier: 0.02, seed: 0 }, undefined],
  ['openai', { epochs: 0 }, 'Epochs is 0; expected a whole number from 1 to 50.'],
  ['openai', { epochs: 51 }, 'Epochs is 51; expected a whole number from 1 to 50.'],
  ['openai', { epochs: 2.5 }, 'Epochs is 2.5; expected a whole number from 1 to 50.'],
  ['azure', { batchSize: 257 }, 'Batch size is 257; expected a whole number from 1 to 256.'],
  [
    'azure',
    { learningRateMultiplier: 0 },
    'Learning rate multiplier is 0; expected a number above 0.',
  ],
  [
    'azure',
    { learningRateMultiplier: Infinity },
    'Learning rate multiplier is Infinity; expected a number above 0.',
  ],
  ['azure', { seed: -1 }, 'Seed is -1; expected a whole number from 0 to 2,147,483,647.'],
  ['azure', { seed: NaN }, 'Seed is NaN; expected a whole number from 0 to 2,147,483,647.'],
  ['azure', { suffix: 'harbour-2_a' }, undefined],
  ['azure', { suffix: 'a'.repeat(40) }, undefined],
  ['azure', { suffix: 'a'.repeat(41) }, 'The suffix has 41 characters; expected at most 40.'],
  ['openai', { suffix: 'a'.repeat(64) }, undefined],
  ['openai', { suffix: 'a'.repeat(65) }, 'The suffix has 65 characters; expected at most 64.'],
  ['openai', { suffix: 'v1.0' }, 'The suffix is "v1.0"; expected letters, digits, - and _ alone.'],
  ['openai', { suffix: '' }, 'The suffix is ""; expected letters, digits, - and _ alone.'],
  ['azure', { tier: 'developer' }, undefined],
  ['openai', { tier: 'developer' }, 'OpenAI has no training tiers; leave the tier out.'],
];

describe('what is wished of a job', () => {
  for (const [provider, wishes, expected] of cases) {
    it(`${JSON.stringify(wishes).slice(0, 60)} of ${provider}`, () => {
      const profile = findProfile(provider);
      assert.ok(profile);
      const surface = provider === 'azure' ? 'azure-v1' : 'openai';
      const all = { model: profile.model, ...wishes };
      assert.equal(problemOfWishes(all, profile, surface), expected);
    });
  }
});
