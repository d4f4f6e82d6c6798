import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reconcile } from '../../core/service/reconcile.ts';

/** As Azure was seen to write it. */
const failed =
  'Training file: Preprocessing Summary: The provided data failed validation. Number of skipped multimodal examples exceed the maximum allowed 200 limit: inaccessible URL (3124). Details - Samples of lines per error type: inaccessible URL: Line numbers --> 1, 2, 3, ... 100';
const several =
  'Training file: Preprocessing Summary: Number of skipped multimodal examples: inaccessible URL (2), contains faces (1). Details - Samples of lines per error type: inaccessible URL: Line numbers --> 3, 9; contains faces: Line numbers --> 7';

describe('what the service says of examples', () => {
  it('is read from the error of a job that failed', () => {
    assert.deepEqual(reconcile({ records: 4000 }, { error: { message: failed } }, []), {
      sent: 4000,
      skipped: 3124,
      reasons: [{ reason: 'inaccessible URL', count: 3124, lines: [1, 2, 3, 100] }],
      refused: [],
      candidates: [],
    });
  });

  it('is read from events, each reason with its lines, and counted once where it is said twice', () => {
    const { skipped, reasons } = reconcile({ records: 100 }, { error: { message: several } }, [
      event(several),
    ]);
    assert.equal(skipped, 3);
    assert.deepEqual(reasons, [
      { reason: 'inaccessible URL', count: 2, lines: [3, 9] },
      { reason: 'contains faces', count: 1, lines: [7] },
    ]);
  });

  it('may be a count without lines', () => {
    const message = 'Number of skipped multimodal examples: contains people (4).';
    const { skipped, reasons } = reconcile({ records: 100 }, {}, [event(message)]);
    assert.equal(skipped, 4);
    assert.deepEqual(reasons[0]?.lines, []);
  });

  it('names the example that a file is refused for', () => {
    const message =
      "The job failed due to an invalid training file. Invalid file format. Example 100, message 2 Discriminator 'role' is missing in value";
    assert.deepEqual(
      reconcile({ records: 200 }, { error: { message } }, [event(message)]).refused,
      [{ example: 100, message }],
    );
  });

  it('leaves open which examples it means: then those that our check doubts stand beside it', () => {
    const candidates = [3, 7].map((line) => ({ line, reason: 'Image is grey' }));
    const ofLines = (message: string): readonly number[] =>
      reconcile({ records: 10, candidates }, {}, [event(message)]).candidates.map(
        ({ line }) => line,
      );
    assert.deepEqual(ofLines('Training has begun'), [3, 7]);
    assert.deepEqual(
      ofLines('Number of skipped multimodal examples: contains people (4).'),
      [3, 7],
    );
    // Every line that was left out is named.
    assert.deepEqual(ofLines(several), []);
    assert.deepEqual(ofLines(several.replace('faces (1)', 'faces (2)')), []);
  });

  it('is not known where nothing is said', () => {
    const { skipped, reasons, refused } = reconcile({ records: 10 }, {}, [
      event('Step 1/30: training loss=2.0'),
      event('Training file has 7 example(s), but must have at least 10 examples'),
      event(several.replace('Training', 'Validation')),
    ]);
    assert.deepEqual([skipped, reasons, refused], [undefined, [], []]);
  });
});

function event(message: string): { message: string; level: 'info' } {
  return { message, level: 'info' };
}
