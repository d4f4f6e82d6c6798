import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addForecast, describeForecast, noForecast } from '../../core/check/forecastCounts.ts';
import type { ForecastOutcome } from '../../core/check/forecastCounts.ts';

const face = [{ kind: 'face', confidence: 0.9 }] as const;
const both = [...face, { kind: 'captcha' }] as const;

describe('the words for a forecast', () => {
  const cases: readonly [readonly ForecastOutcome[], string][] = [
    [[], 'there is no image to look at'],
    [[[]], '0 of 1 image is likely to be skipped; the service decides'],
    [[face, []], '1 of 2 images is likely to be skipped (faces 1); the service decides'],
    [
      [face, both, []],
      '2 of 3 images are likely to be skipped (faces 2, CAPTCHA 1); the service decides',
    ],
    [
      [[], 'elsewhere'],
      '0 of 2 images are likely to be skipped, 1 on the web was not looked at; the service decides',
    ],
    [
      ['elsewhere', 'elsewhere', 'refused'],
      '0 of 3 images are likely to be skipped, 2 on the web were not looked at, 1 could not be looked at; the service decides',
    ],
  ];
  for (const [outcomes, words] of cases) {
    it(`are: ${words}`, () => {
      assert.equal(describeForecast(outcomes.reduce(addForecast, noForecast)), words);
    });
  }
});
