import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordFactsAt } from '../../../server/features/recordFacts.ts';
import { atCursor } from '../../helpers/cursor.ts';
import { dataUri, makeImage } from '../../helpers/makeImage.ts';
import { imagePart, recordOf, soundRecord, webPicture } from '../../helpers/trainingText.ts';

function factsOf(record: string): ReturnType<typeof recordFactsAt> {
  return recordFactsAt(atCursor(record).snapshot, 0);
}

describe('the facts of a record', () => {
  it('count its images, and what they cost at their detail', () => {
    const words = factsOf(recordOf())?.tokens.min ?? NaN;
    const png = dataUri('png', makeImage('png', 1920, 1080));
    const low = factsOf(recordOf(imagePart(png, 'low')));
    assert.deepEqual(low, { images: 1, tokens: { min: words + 85, max: words + 85 } });
    const high = factsOf(recordOf(imagePart(png, 'high')));
    assert.deepEqual(high?.tokens, { min: words + 1105, max: words + 1105 });
    const auto = factsOf(recordOf(imagePart(png), imagePart(webPicture, 'low')));
    assert.deepEqual(auto, { images: 2, tokens: { min: words + 170, max: words + 1190 } });
  });

  it('have the tokens of a record without images', () => {
    const facts = factsOf(soundRecord);
    assert.equal(facts?.images, 0);
    assert.ok(facts.tokens.min > 8 && facts.tokens.min < 20, String(facts.tokens.min));
  });

  it('are none on a blank line and past the end', () => {
    const { snapshot } = atCursor(`${soundRecord}\n`);
    assert.equal(recordFactsAt(snapshot, 1), null);
    assert.equal(recordFactsAt(snapshot, 99), null);
    assert.equal(recordFactsAt(snapshot, -1), null);
  });
});
