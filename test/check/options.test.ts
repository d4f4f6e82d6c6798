import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { listOf, readOptions } from '../../core/check/options.ts';
import { checkedLimitNames } from '../../core/profile/limits.ts';

describe('readOptions', () => {
  it('takes all that it knows', () => {
    const given = {
      profile: 'openai',
      model: 'gpt-4o-2024-08-06',
      severities: { 'image-size': 'warning', 'image-detail-cost': 'off' },
      limits: { minExamples: 3 },
      epochs: 2,
      job: { batchSize: 4, learningRateMultiplier: 0.5, seed: 7, suffix: 'a', tier: 'standard' },
    };
    const { options, ignored } = readOptions(given);
    assert.deepEqual(plain(options), given);
    assert.deepEqual(ignored, []);
  });

  it('takes null for "not decided"', () => {
    const given = { profile: null, model: null, severities: { 'image-size': null }, limits: null };
    assert.deepEqual(plain(readOptions(given)), { options: { severities: {} }, ignored: [] });
  });

  const table: [given: unknown, ignored: string][] = [
    [null, 'Options are null; expected an object.'],
    [undefined, 'Options are undefined; expected an object.'],
    [7, 'Options are 7; expected an object.'],
    [{ job: 'fast' }, '"job" is "fast"; expected an object.'],
    [{ job: { seed: '7' } }, '"job.seed" is "7"; expected a number.'],
    [
      { job: { endpoint: 'https://example.com' } },
      '"job.endpoint" is not an option of a job; expected batchSize, learningRateMultiplier, seed, suffix or tier.',
    ],
    ['azure', 'Options are "azure"; expected an object.'],
    [[], 'Options are an array; expected an object.'],
    [{ profile: 'Azure' }, '"profile" is "Azure"; expected azure or openai.'],
    [{ profile: {} }, '"profile" is an object; expected azure or openai.'],
    [{ model: 'gpt-5' }, '"model" is "gpt-5"; expected gpt-4.1-2025-04-14 or gpt-4o-2024-08-06.'],
    [{ severities: [] }, '"severities" is an array; expected an object.'],
    [
      { severities: { 'image-size': 'loud' } },
      '"severities.image-size" is "loud"; expected off, hint, info, warning or error.',
    ],
    [{ severities: { 'no-such-rule': 'off' } }, '"severities.no-such-rule" is not a rule.'],
    [{ limits: 'none' }, '"limits" is "none"; expected an object.'],
    [{ limits: { minExamples: 0 } }, '"limits.minExamples" is 0; expected a whole number from 1.'],
    [
      { limits: { minExamples: 1.5 } },
      '"limits.minExamples" is 1.5; expected a whole number from 1.',
    ],
    [
      { limits: { minExamples: Infinity } },
      '"limits.minExamples" is Infinity; expected a whole number from 1.',
    ],
    [
      { limits: { minExamples: '10' } },
      '"limits.minExamples" is "10"; expected a whole number from 1.',
    ],
    [
      { limits: { toString: 3 } },
      `"limits.toString" is not a limit; expected ${listOf(checkedLimitNames)}.`,
    ],
    [{ epochs: 'auto' }, '"epochs" is "auto"; expected a whole number from 1.'],
    [{ endpoint: 'x' }, '"endpoint" is not an option.'],
    [JSON.parse('{"__proto__":{"profile":"openai"}}'), '"__proto__" is not an option.'],
    [
      JSON.parse('{"limits":{"__proto__":{"minExamples":1}}}'),
      `"limits.__proto__" is not a limit; expected ${listOf(checkedLimitNames)}.`,
    ],
    [{ ['x'.repeat(500)]: 1 }, `"${'x'.repeat(39)}…" is not an option.`],
    [{ 'a\u001b[31m': 1 }, String.raw`"a\u001b[31m" is not an option.`],
  ];

  for (const [given, expected] of table) {
    it(`leaves out ${inspect(given).slice(0, 60)} and says: ${expected}`, () => {
      const { options, ignored } = readOptions(given);
      assert.deepEqual(ignored, [expected]);
      assert.equal(options.profile, undefined);
      assert.equal(options.model, undefined);
      assert.deepEqual(Object.keys({ ...options.severities, ...options.limits }), []);
    });
  }

  it('keeps what is good beside what is not, and names each that is not', () => {
    const { options, ignored } = readOptions({
      profile: 'openai',
      model: 7,
      colour: 1,
      limits: { minExamples: 4, x: 1 },
    });
    assert.deepEqual(plain(options), { profile: 'openai', limits: { minExamples: 4 } });
    assert.equal(ignored.length, 3);
  });

  it('does not change the prototype of anything', () => {
    readOptions(
      JSON.parse('{"severities":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}'),
    );
    assert.equal('polluted' in {}, false);
  });
});

describe('listOf', () => {
  it('names alternatives as a sentence does', () => {
    assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listOf), [
      '',
      'a',
      'a or b',
      'a, b or c',
    ]);
  });
});

/** The same with ordinary prototypes, which deepEqual compares too. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
