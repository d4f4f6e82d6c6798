import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findWrongCheckSum } from '../../core/image/pngCheckSums.ts';
import { makeImage } from '../helpers/makeImage.ts';

const picture = makeImage('png', 40, 30, { orientation: 6, byteLength: 1000 });

/** With another check sum behind the data of the first chunk of this type. */
function damaged(type: string): Uint8Array {
  const bytes = Buffer.from(picture);
  const at = bytes.indexOf(type);
  bytes.writeUInt32BE(0, at + 4 + bytes.readUInt32BE(at - 4));
  return bytes;
}

describe('the check sums of a PNG', () => {
  it('are looked at up to the image data', () => {
    assert.equal(findWrongCheckSum(picture), undefined);
    assert.equal(findWrongCheckSum(damaged('eXIf')), 'the check sum of its eXIf chunk is wrong');
    assert.equal(findWrongCheckSum(damaged('IHDR')), 'the check sum of its IHDR chunk is wrong');
  });

  it('are left to decoders from the image data on', () => {
    assert.equal(findWrongCheckSum(damaged('IDAT')), undefined);
    assert.equal(findWrongCheckSum(damaged('fiLl')), undefined);
  });

  it('are left where the bytes end, or a length reaches past them', () => {
    for (let length = 0; length < picture.length; length++) {
      assert.equal(findWrongCheckSum(picture.subarray(0, length)), undefined);
    }
    assert.equal(findWrongCheckSum(picture.with(8, 0xff)), undefined);
  });
});
