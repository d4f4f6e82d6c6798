import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { findDisputedChunk } from '../../core/image/disputedChunk.ts';
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
    assert.equal(findDisputedChunk(picture), undefined);
    assert.equal(findDisputedChunk(damaged('eXIf')), 'the check sum of its eXIf chunk is wrong');
    assert.equal(findDisputedChunk(damaged('IHDR')), 'the check sum of its IHDR chunk is wrong');
  });

  it('are left to decoders from the image data on', () => {
    assert.equal(findDisputedChunk(damaged('IDAT')), undefined);
    assert.equal(findDisputedChunk(damaged('fiLl')), undefined);
  });

  it('are left where the bytes end, or a length reaches past them', () => {
    for (let length = 0; length < picture.length; length++) {
      assert.equal(findDisputedChunk(picture.subarray(0, length)), undefined);
    }
    assert.equal(findDisputedChunk(picture.with(8, 0xff)), undefined);
  });
});

describe('compressed texts and colour profiles of a PNG', () => {
  const starts: Readonly<Record<string, string>> = {
    zTXt: 'Comment\0\0',
    iCCP: 'profile\0\0',
    iTXt: 'Comment\0\u0001\0en\0Comment\0',
  };
  for (const [type, start] of Object.entries(starts)) {
    it(`are unpacked to a mebibyte and no further: ${type}`, () => {
      const withBytes = (count: number): Uint8Array =>
        withChunk(type, start, deflateSync(Buffer.alloc(count)));
      const words = `its ${type} chunk unpacks to more than 1,048,576 bytes`;
      assert.equal(findDisputedChunk(withBytes(0x100000)), undefined);
      assert.equal(findDisputedChunk(withBytes(0x100001)), words);
    });
  }

  it('take no memory, whatever they unpack to', () => {
    const bomb = withChunk('zTXt', 'Comment\0\0', deflateSync(Buffer.alloc(200_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    assert.match(findDisputedChunk(bomb) ?? '', /^its zTXt chunk unpacks/);
    assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000);
  });

  it('are left where they cannot be unpacked, or are not compressed', () => {
    const packed = deflateSync(Buffer.alloc(0x200000));
    const others: [type: string, start: string, data: Uint8Array][] = [
      ['zTXt', 'Comment\0\0', Buffer.from('no zlib')],
      ['zTXt', 'Comment', Buffer.alloc(0)],
      ['iTXt', 'Comment\0\0\0en\0Comment\0', packed],
      ['iTXt', 'Comment\0\u0001', Buffer.alloc(0)],
      ['tEXt', 'Comment\0\0', packed],
    ];
    for (const [type, start, data] of others) {
      assert.equal(findDisputedChunk(withChunk(type, start, data)), undefined, type + start);
    }
  });
});

/** The picture with a chunk behind its header. */
function withChunk(type: string, start: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type + start, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(crc32(body));
  const headerEnd = 33;
  return Buffer.concat([
    picture.subarray(0, headerEnd),
    length,
    body,
    sum,
    picture.subarray(headerEnd),
  ]);
}
