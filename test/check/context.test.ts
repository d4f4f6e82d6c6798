import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { readOptions } from '../../core/check/options.ts';
import { limitValues } from '../../core/profile/limits.ts';
import { findProfile } from '../../core/profile/profiles.ts';

const today = '2026-11-21';

describe('createContext', () => {
  it('checks for Azure and gpt-4.1-2025-04-14 unless told otherwise', () => {
    const { profile, limits, levels } = createContext([], today);
    assert.deepEqual([profile.provider, profile.model], ['azure', 'gpt-4.1-2025-04-14']);
    assert.deepEqual(limits, limitValues(profile.limits));
    assert.equal(levels.size, 0);
  });

  it('takes the default model of a provider', () => {
    assert.equal(createContext([{ profile: 'openai' }], today).profile.model, 'gpt-4o-2024-08-06');
  });

  it('lets each layer win over those before it, name by name', () => {
    const { profile, limits, levels } = createContext(
      [
        {
          profile: 'openai',
          model: 'gpt-4.1-2025-04-14',
          severities: { a: 'off', b: 'hint' },
          limits: { minExamples: 1, maxImageExamples: 2 },
        },
        { profile: 'azure', severities: { b: 'error' }, limits: { minExamples: 3 } },
      ],
      today,
    );
    assert.deepEqual([profile.provider, profile.model], ['azure', 'gpt-4.1-2025-04-14']);
    assert.deepEqual(
      [...levels],
      [
        ['a', 'off'],
        ['b', 'error'],
      ],
    );
    assert.deepEqual(
      [limits.minExamples, limits.maxImageExamples, limits.maxImagesPerExample],
      [3, 2, 64],
    );
  });

  it('has the defaults where nothing in the options makes sense', () => {
    for (const nonsense of [
      null,
      'x',
      { profile: 7, limits: { minExamples: -1 }, severities: { 'json-syntax': 7 } },
    ]) {
      assert.deepEqual(
        createContext([readOptions(nonsense).options], today),
        createContext([], today),
      );
    }
  });

  it('leaves the profile as it is, whatever limits are overridden', () => {
    createContext([{ limits: { minExamples: 3 } }], today);
    assert.equal(findProfile('azure')?.limits.minExamples.value, 10);
  });
});
