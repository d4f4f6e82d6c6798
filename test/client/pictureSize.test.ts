import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitInto, isShowable, roomFor, uprightSize } from '../../client/pictureSize.ts';

const room = roomFor.onePicture;

describe('the size of a picture in a hover', () => {
  it('is its own where there is room', () => {
    assert.deepEqual(fitInto({ width: 48, height: 32 }, room), { width: 48, height: 32 });
  });

  it('keeps its shape within the room', () => {
    assert.deepEqual(fitInto({ width: 640, height: 400 }, room), { width: 230, height: 144 });
    assert.deepEqual(fitInto({ width: 3200, height: 160 }, room), { width: 320, height: 16 });
    assert.deepEqual(fitInto({ width: 640, height: 400 }, roomFor.oneOfSeveral), {
      width: 154,
      height: 96,
    });
  });

  it('lets the eight of a record stand in one row, with the gaps between them', () => {
    const { width } = fitInto({ width: 640, height: 400 }, roomFor.oneOfMany);
    assert.ok(8 * (width + 5) <= 720, String(width));
  });

  it('is at least a pixel', () => {
    assert.deepEqual(fitInto({ width: 40_000, height: 1 }, room), { width: 320, height: 1 });
  });
});

describe('the upright size of a picture', () => {
  it('is turned where EXIF lays it on its side, and only there', () => {
    const lying = { width: 400, height: 200 };
    assert.deepEqual(uprightSize({ ...lying, orientation: 6 }), { width: 200, height: 400 });
    assert.deepEqual(uprightSize({ ...lying, orientation: 4 }), lying);
    assert.deepEqual(uprightSize(lying), lying);
  });

  it('is none where it is not known', () => {
    assert.equal(uprightSize({}), undefined);
    assert.equal(uprightSize({ width: 0, height: 10 }), undefined);
  });
});

describe('a window', () => {
  const facts = { format: 'png', byteLength: 10_000, width: 600, height: 400 };

  it('shows as they are pictures of the formats that hold nothing but pixels', () => {
    const formats = ['png', 'jpeg', 'webp', 'gif', 'svg', 'tiff', 'bmp', 'heif'];
    const shown = formats.filter((format) => isShowable({ ...facts, format }));
    assert.deepEqual(shown, ['png', 'jpeg', 'webp', 'gif']);
  });

  it('shows none that is too large to decode, or whose size is not known', () => {
    assert.equal(isShowable({ ...facts, width: 50_000, height: 1001 }), false);
    assert.equal(isShowable({ format: 'png', byteLength: 10_000 }), false);
    assert.equal(isShowable({ ...facts, format: undefined }), false);
  });
});
