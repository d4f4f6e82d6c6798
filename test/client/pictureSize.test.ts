import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitPicture, roomFor } from '../../client/pictureSize.ts';

const room = roomFor.onePicture;

describe('the size of a picture in a hover', () => {
  it('is its own where there is room', () => {
    assert.deepEqual(fitPicture({ width: 48, height: 32 }, room), { width: 48, height: 32 });
  });

  it('keeps its shape within the room', () => {
    assert.deepEqual(fitPicture({ width: 640, height: 400 }, room), { width: 282, height: 176 });
    assert.deepEqual(fitPicture({ width: 3200, height: 160 }, room), { width: 320, height: 16 });
    assert.deepEqual(fitPicture({ width: 640, height: 400 }, roomFor.oneOfSeveral), {
      width: 154,
      height: 96,
    });
  });

  it('is that of the upright picture where EXIF lays it on its side', () => {
    const lying = { width: 400, height: 200, orientation: 6 };
    assert.deepEqual(fitPicture(lying, room), { width: 88, height: 176 });
    assert.deepEqual(fitPicture({ ...lying, orientation: 4 }, room), { width: 320, height: 160 });
  });

  it('is at least a pixel', () => {
    assert.deepEqual(fitPicture({ width: 40_000, height: 1 }, room), { width: 320, height: 1 });
  });

  it('is none where it is not known, or the picture too large to decode', () => {
    assert.equal(fitPicture({}, room), undefined);
    assert.equal(fitPicture({ width: 0, height: 10 }, room), undefined);
    assert.equal(fitPicture({ width: 50_000, height: 1001 }, room), undefined);
  });
});
