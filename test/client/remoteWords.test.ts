import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeFetched, describePlainHttp } from '../../client/remoteWords.ts';
import type { LearntImage } from '../../core/image/learntImages.ts';

const there: LearntImage = { facts: { format: 'png', byteLength: 1 } };
const missing: LearntImage = { unreachable: { reason: 'status', detail: '' } };

describe('the summary of a check of images on the web', () => {
  for (const [images, words] of [
    [[there], '1 image is there'],
    [[there, there], '2 images are there'],
    [[missing], '1 image cannot be fetched'],
    [[missing, missing], '2 images cannot be fetched'],
    [[there, missing, there], '2 images are there, 1 cannot be fetched'],
  ] as const) {
    it(`says: ${words}`, () => assert.equal(describeFetched(images), words));
  }

  it('says what was left alone, and which setting decides about it', () => {
    assert.equal(describePlainHttp(0), '');
    assert.match(describePlainHttp(1), /^1 image on plain http is left alone: .*allowHttp\.$/);
    assert.match(describePlainHttp(1200), /^1,200 images on plain http are left alone/);
  });
});
