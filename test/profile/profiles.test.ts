import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { providers, type Sourced } from '../../core/profile/profile.ts';
import { limitValues } from '../../core/profile/limits.ts';
import { findProfile, modelNames, profiles } from '../../core/profile/profiles.ts';

describe('The profiles', () => {
  it('start with the default, Azure with gpt-4.1-2025-04-14', () => {
    assert.deepEqual([profiles[0]?.provider, profiles[0]?.model], ['azure', 'gpt-4.1-2025-04-14']);
    assert.equal(findProfile('azure'), profiles[0]);
  });

  it('cover every provider with every model, once', () => {
    const known = profiles.map(({ provider, model }) => `${provider} ${model}`);
    const wanted = providers.flatMap((provider) =>
      modelNames.map((model) => `${provider} ${model}`),
    );
    assert.deepEqual(known.toSorted(), wanted.toSorted());
    for (const { provider, model } of profiles) {
      const found = findProfile(provider, model);
      assert.deepEqual([found?.provider, found?.model], [provider, model]);
    }
  });

  it('have the documented limits', () => {
    const limitsOf = (provider: 'azure' | 'openai') =>
      Object.entries(findProfile(provider)?.limits ?? {}).map(
        ([name, { value }]) => [name, value] as const,
      );
    const shared = {
      minExamples: 10,
      maxImageExamples: 50_000,
      maxImageBytes: 10 * 1024 ** 2,
      warnImageBytes: 10_000_001,
      minShortSide: 100,
      maxExampleTokens: 65_536,
      maxFileBytes: 512 * 1024 ** 2,
      maxUploadBytes: 8 * 1024 ** 3,
    };
    assert.deepEqual(Object.fromEntries(limitsOf('azure')), {
      ...shared,
      maxImagesPerExample: 64,
      warnImagesPerExample: 10,
      maxSkippedExamples: 200,
      warnFileBytes: 150 * 1024 ** 2,
      maxPortalFileBytes: 200 * 1024 ** 2,
      maxStoredBytes: 1024 ** 3,
      maxStoredFiles: 100,
      maxTrainingTokens: 2e9,
      maxSuffixLength: 40,
    });
    assert.deepEqual(Object.fromEntries(limitsOf('openai')), {
      ...shared,
      maxImagesPerExample: 10,
      maxStoredBytes: 2.5e12,
      maxSuffixLength: 64,
    });
  });

  it('know no limit where a provider documents none', () => {
    assert.equal(
      limitValues(findProfile('openai')?.limits ?? assert.fail()).maxSkippedExamples,
      Infinity,
    );
  });

  it('warn of the default model at OpenAI, which documents another one', () => {
    assert.match(
      findProfile('openai', 'gpt-4.1-2025-04-14')?.remark?.value ?? '',
      /gpt-4o-2024-08-06/,
    );
    assert.equal(findProfile('openai')?.model, 'gpt-4o-2024-08-06');
  });

  for (const profile of profiles) {
    describe(`for ${profile.providerName} and ${profile.model}`, () => {
      it('name the source and the date of every value', () => {
        const values = sourcedValues(profile);
        assert.ok(values.length >= 9);
        for (const { source, date } of values) {
          assert.ok(source.length > 20);
          assert.match(date, /^20\d\d-[01]\d(-[0-3]\d)?$/);
          assert.ok(date <= profile.date);
        }
        assert.ok(values.some(({ date }) => date === profile.date));
      });

      it('hold no number that has no source', () => {
        const dropSourced = (_key: string, value: unknown): unknown =>
          isSourced(value) ? null : value;
        const withoutSources = JSON.stringify(profile, dropSourced);
        assert.doesNotMatch(withoutSources, /:\d/);
      });
    });
  }
});

function sourcedValues(value: unknown): Sourced<unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return isSourced(value) ? [value] : Object.values(value).flatMap(sourcedValues);
}

function isSourced(value: unknown): value is Sourced<unknown> {
  return typeof value === 'object' && value !== null && 'source' in value;
}
