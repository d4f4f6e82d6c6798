import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LearntImages, learntKey } from '../../core/image/learntImages.ts';

const web = 'https://example.org/a.png';
const embedded = 'data:image/png;base64,iVBORw0KGgo=';

describe('learnt images', () => {
  it('are found by an address on the web', () => {
    const learnt = new LearntImages(new Map([[learntKey(web), { decodeProblem: 'no end' }]]));
    assert.deepEqual(learnt.about(web), { decodeProblem: 'no end' });
    assert.equal(learnt.about(`${web}?b`), undefined);
    assert.equal(learnt.about(embedded), undefined);
  });

  it('are found by the base64 of a data URI, whatever media type it declares', () => {
    const learnt = new LearntImages(new Map([[learntKey(embedded), { likelySkipped: [] }]]));
    assert.deepEqual(learnt.about(embedded.replace('png', 'jpeg')), { likelySkipped: [] });
    assert.equal(learnt.about(embedded.replace('iVBO', 'iVBP')), undefined);
  });

  it('are known by a short key, however long the picture is', () => {
    assert.match(
      learntKey(`DATA:image/png;base64,${'A'.repeat(1_000_000)}`),
      /^sha256:[0-9a-f]{64}$/,
    );
  });
});
