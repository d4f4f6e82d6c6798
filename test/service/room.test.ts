import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findProfile } from '../../core/profile/profiles.ts';
import { describeRoom } from '../../core/service/room.ts';
import { describeSkippable } from '../../core/service/skippable.ts';

describe('the room where files are sent', () => {
  const azure = findProfile('azure');
  const openai = findProfile('openai');
  assert.ok(azure && openai);

  it('is told with the limits of the provider', () => {
    const stored = { count: 2, byteLength: 1_200_000 };
    assert.equal(describeRoom(stored, azure, [5]), '2 files, 1.2 MB of 1.1 GB (100 files at most)');
    assert.equal(describeRoom(stored, openai, [5]), '2 files, 1.2 MB of 2,500 GB');
  });

  it('may be too small, in bytes or in files', () => {
    const tight = { count: 2, byteLength: 2 ** 30 - 10 };
    assert.doesNotMatch(describeRoom(tight, azure, [5, 5]), /do not fit/);
    assert.match(describeRoom(tight, azure, [5, 6]), /these do not fit beside them/);
    assert.doesNotMatch(describeRoom({ count: 99, byteLength: 0 }, azure, [1]), /do not fit/);
    assert.match(describeRoom({ count: 99, byteLength: 0 }, azure, [1, 1]), /do not fit/);
  });
});

describe('what could be skipped', () => {
  it('is nothing of a file without images', () => {
    assert.equal(describeSkippable({ images: 0, formats: {} }, {}), undefined);
  });

  it('is what the check doubts, what is on the web, and what only the service finds', () => {
    const candidates = [{ line: 1, reason: 'x' }];
    assert.match(
      describeSkippable({ images: 3, formats: { address: 2 } }, { candidates }) ?? '',
      /^1 example that the check has doubts about; 2 images on the web, .*; examples with people/,
    );
    assert.match(describeSkippable({ images: 3, formats: {} }, {}) ?? '', /^examples with people/);
  });
});
