import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { curvesOf, describeRatio } from '../../client/service/curves.ts';

const at = (step: number, data: object): { data: Record<string, unknown> } => ({
  data: { step, ...data },
});

describe('curvesOf', () => {
  it('has a value for each step, and none where none was told', () => {
    const { steps, curves } = curvesOf([
      at(2, { train_loss: 0.5, valid_loss: 0.6 }),
      at(1, { train_loss: 0.9 }),
    ]);
    assert.deepEqual(steps, [1, 2]);
    assert.deepEqual(
      curves.map(({ name, values }) => [name, values]),
      [
        ['training loss', [0.9, 0.5]],
        ['validation loss', [null, 0.6]],
      ],
    );
  });

  it('knows the names of both providers', () => {
    const { curves } = curvesOf([
      at(1, { train_accuracy: 0.1, validation_mean_token_accuracy: 0.2 }),
    ]);
    assert.deepEqual(
      curves.map(({ name }) => name),
      ['training accuracy', 'validation accuracy'],
    );
  });

  it('takes no text, no -1 and no event without a step for a measurement', () => {
    const events = [at(1, { train_loss: '0.5', valid_loss: -1 }), { data: { train_loss: 0.4 } }];
    assert.deepEqual(curvesOf(events), { steps: [1], curves: [] });
  });
});

describe('describeRatio', () => {
  const ratio = (training: number, validation: number): string | undefined =>
    describeRatio(curvesOf([at(1, { train_loss: training, full_valid_loss: validation })]));

  it('says how well the model does on what it has not seen', () => {
    assert.match(ratio(0.5, 0.55) ?? '', /^Validation loss is 1\.10 times .* about as well/);
    assert.match(ratio(0.5, 0.8) ?? '', /^Validation loss is 1\.60 times .* worse/);
    assert.match(ratio(0.1, 0.5) ?? '', /^Validation loss is 5\.00 times .* by heart/);
  });

  it('says nothing without validation, or where nothing is left to learn', () => {
    assert.equal(describeRatio(curvesOf([at(1, { train_loss: 0.5 })])), undefined);
    assert.equal(ratio(0, 0.5), undefined);
  });
});
