import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { validationNames } from '../../core/dataset/validationNames.ts';

describe('validationNames', () => {
  const table: readonly (readonly [name: string, likeliest: string | undefined])[] = [
    ['train.jsonl', 'val.jsonl'],
    ['training.jsonl', 'val.jsonl'],
    ['cats_train.jsonl', 'cats_val.jsonl'],
    ['cats-train.jsonl', 'cats-val.jsonl'],
    ['cats.train.jsonl', 'cats.val.jsonl'],
    ['cats.jsonl', 'cats_val.jsonl'],
    ['constrain.jsonl', 'constrain_val.jsonl'],
    ['val.jsonl', undefined],
    ['cats_val.jsonl', undefined],
    ['cats-validation.jsonl', undefined],
    ['interval.jsonl', 'interval_val.jsonl'],
    ['train.json', undefined],
    ['.jsonl', '_val.jsonl'],
  ];

  for (const [name, likeliest] of table) {
    it(`takes ${likeliest ?? 'nothing'} for the validation file of ${name}`, () => {
      assert.equal(validationNames(name)[0], likeliest);
    });
  }
});
