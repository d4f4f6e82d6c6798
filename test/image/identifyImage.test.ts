import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import { type ByteSource, bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { makeImage } from '../helpers/makeImage.ts';

const rgb = { colorMode: 'rgb', bitsPerSample: 8, isAnimated: false, isTruncated: false } as const;

describe('identifyImage', () => {
  it('tells format, size and colours of the accepted formats', () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      const bytes = makeImage(format, 300, 200);
      const expected = { format, byteLength: bytes.length, width: 300, height: 200, ...rgb };
      assert.deepEqual(identify(bytes), expected);
    }
  });

  it('tells the largest sizes that the formats can hold', () => {
    assert.deepEqual(sizeOf(makeImage('webp', 16383, 16384)), [16383, 16384]);
    assert.deepEqual(sizeOf(webpExtended(0x1000000, 0x1000000)), [0x1000000, 0x1000000]);
    assert.deepEqual(sizeOf(jpeg(frame(0xc0, 8, 65535, 65534, 3))), [65535, 65534]);
    assert.deepEqual(sizeOf(png(ihdr(0x7fffffff, 0x7fffffff))), [0x7fffffff, 0x7fffffff]);
  });

  it('tells that an image is rotated by EXIF in all three formats', () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      for (let orientation = 2; orientation <= 8; orientation += 1) {
        assert.equal(identify(makeImage(format, 9, 9, { orientation })).orientation, orientation);
      }
    }
  });

  it('leaves out an orientation that means upright or nothing at all', () => {
    for (const orientation of [0, 1, 9, 0xffff]) {
      assert.ok(!('orientation' in identify(makeImage('jpeg', 9, 9, { orientation }))));
    }
  });

  it('reads EXIF of either byte order', () => {
    const bigEndian = 'MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0';
    const app1 = segment(0xe1, latin1(`Exif\0\0${bigEndian}`));
    assert.equal(identify(jpeg(app1, frame(0xc0, 8, 4, 4, 3))).orientation, 6);
  });

  it('tells an animation from a still image', () => {
    assert.equal(identify(makeImage('png', 4, 4, { isAnimated: true })).isAnimated, true);
    assert.equal(identify(makeImage('webp', 4, 4, { isAnimated: true })).isAnimated, true);
    const still = png(ihdr(4, 4), chunk('acTL', [0, 0, 0, 1]), chunk('IDAT', []));
    assert.equal(identify(still).isAnimated, false);
  });

  it('counts the frames of an animation, and leaves out that there is one', () => {
    for (const format of ['png', 'webp'] as const) {
      assert.equal(identify(makeImage(format, 4, 4, { isAnimated: true })).frames, 2, format);
      assert.ok(!('frames' in identify(makeImage(format, 4, 4))), format);
    }
  });

  it('does not take an animation chunk after the image data for an animation', () => {
    const bytes = png(ihdr(4, 4), chunk('IDAT', []), chunk('acTL', [0, 0, 0, 2]));
    assert.equal(identify(bytes).isAnimated, false);
  });
});

describe('identifyImage of unusual JPEG files', () => {
  it('tells grey and CMYK by the number of components, and leaves out other modes', () => {
    assert.equal(identify(makeImage('jpeg', 8, 8, { colorMode: 'grey' })).colorMode, 'grey');
    assert.equal(identify(makeImage('jpeg', 8, 8, { colorMode: 'cmyk' })).colorMode, 'cmyk');
    assert.ok(!('colorMode' in identify(jpeg(frame(0xc0, 8, 8, 8, 2)))));
  });

  it('reads every kind of frame: progressive, lossless, arithmetic, 12 bits', () => {
    for (const marker of [0xc1, 0xc2, 0xc3, 0xc9, 0xca, 0xcb]) {
      const facts = identify(jpeg(frame(marker, 12, 30, 20, 3)));
      assert.deepEqual([facts.width, facts.height, facts.bitsPerSample], [30, 20, 12]);
    }
  });

  it('passes over fill bytes, stray bytes and markers without a payload', () => {
    const noise = [
      [0xff, 0xff, 0xff],
      [0x12, 0x34, 0xff, 0x00, 0x56],
      [0xff, 0xd0],
      [0xff, 0x01],
    ];
    for (const bytes of noise) {
      assert.deepEqual(sizeOf(jpeg(bytes, frame(0xc0, 8, 30, 20, 3))), [30, 20]);
    }
  });

  it('does not take tables for a frame, though their codes lie among those of frames', () => {
    for (const marker of [0xc4, 0xc8, 0xcc]) {
      const table = segment(marker, [8, 1, 1, 1, 1, 3, 0, 0]);
      assert.deepEqual(sizeOf(jpeg(table, frame(0xc0, 8, 30, 20, 3))), [30, 20]);
    }
  });

  it('knows no size when the height is left to a later segment, or there is no frame', () => {
    const none = [undefined, undefined];
    assert.deepEqual(sizeOf(jpeg(frame(0xc0, 8, 30, 0, 3))), none);
    assert.deepEqual(sizeOf(jpeg(segment(0xda, [0]), frame(0xc0, 8, 30, 20, 3))), none);
    assert.deepEqual(sizeOf(jpeg([0xff, 0xe0, 0, 1], frame(0xc0, 8, 30, 20, 3))), none);
  });

  it('finds the frame behind megabytes of a colour profile or a depth map, but looks no further than it may', () => {
    const profile = Array.from({ length: 100 }, () => segment(0xe2, new Uint8Array(65533)));
    const bytes = jpeg(...profile, frame(0xc0, 8, 30, 20, 3));
    assert.deepEqual(sizeOf(bytes), [30, 20]);

    const facts = identifyImage(bytesSource(bytes), 0x100000);
    assert.deepEqual([facts.format, facts.width, facts.isTruncated], ['jpeg', undefined, false]);
  });
});

describe('identifyImage of JPEG files with several pictures', () => {
  const index = (count: number): Uint8Array =>
    latin1(`MPF\0II*\0\x08\0\0\0\x01\0\x01\xb0\x04\0\x01\0\0\0${String.fromCharCode(count)}\0\0\0`);

  it('counts them where a multi-picture segment does, and calls none of them animated', () => {
    const { frames, isAnimated } = identify(jpeg(segment(0xe2, index(3)), frame(0xc0, 8, 4, 4, 3)));
    assert.deepEqual([frames, isAnimated], [3, false]);
  });

  it('leaves out that there is one, and what another segment of that code says', () => {
    for (const content of [index(1), index(2).subarray(0, 20), latin1('ICC_PROFILE\0\x01\x01')]) {
      assert.ok(!('frames' in identify(jpeg(segment(0xe2, content), frame(0xc0, 8, 4, 4, 3)))));
    }
  });
});

describe('identifyImage of damaged headers', () => {
  const soundPng = [ihdr(4, 4), chunk('IDAT', [])];
  const soundFrame = frame(0xc0, 8, 30, 20, 3);
  const vp8x = (flags: number): Uint8Array => riffChunk('VP8X', [flags, ...new Uint8Array(9)]);
  const cases: Record<string, [bytes: Uint8Array, problem: string | undefined]> = {
    'PNG: none': [png(...soundPng), undefined],
    'PNG: a chunk before the header': [
      png(chunk('gAMA', [0, 0, 0, 1]), ...soundPng),
      'its first chunk is no IHDR chunk of 13 bytes',
    ],
    'PNG: a header of another length': [
      png(chunk('IHDR', new Uint8Array(14)), ...soundPng),
      'its first chunk is no IHDR chunk of 13 bytes',
    ],
    'PNG: a header with another check sum': [
      change(png(...soundPng), 19, 5),
      'the check sum of its IHDR chunk is wrong',
    ],
    'PNG: no width': [png(ihdr(0, 5)), 'its header gives a size of 0×5'],
    'PNG: no height': [png(ihdr(5, 0)), 'its header gives a size of 5×0'],
    'PNG: 4 bits of RGB': [
      png(ihdr(4, 4, 4, 2)),
      'its header gives colour type 2 with 4 bits, which PNG does not have',
    ],
    'PNG: an unknown colour type': [
      png(ihdr(4, 4, 8, 9)),
      'its header gives colour type 9 with 8 bits, which PNG does not have',
    ],
    'PNG: an unknown way of interlacing': [
      png(ihdr(4, 4, 8, 2, 2)),
      'its header names a way of coding that PNG does not have',
    ],
    'PNG: a chunk that is longer than it says': [
      change(png(ihdr(4, 4), chunk('tEXt', latin1('a text')), chunk('IDAT', [])), 36, 2),
      'there is no chunk at byte 47, where one must begin',
    ],
    'PNG: a palette that is missing': [
      png(ihdr(4, 4, 8, 3), chunk('IDAT', [])),
      'its palette is missing',
    ],
    'PNG: a palette': [
      png(ihdr(4, 4, 8, 3), chunk('PLTE', [1, 2, 3]), chunk('IDAT', [])),
      undefined,
    ],
    'PNG: no image data': [png(ihdr(4, 4)), 'it has no image data'],
    'JPEG: none': [jpeg(soundFrame), undefined],
    'JPEG: no frame': [jpeg(), 'it has no frame header'],
    'JPEG: a segment shorter than its length': [
      jpeg([0xff, 0xe0, 0, 1], soundFrame),
      'its segment at byte 6 has no valid length',
    ],
    'JPEG: a frame without components': [
      jpeg(frame(0xc0, 8, 30, 20, 0)),
      'its frame header does not have the length that it must have',
    ],
    'JPEG: a frame with too few bytes': [
      jpeg(segment(0xc0, [8, 0, 20, 0, 30, 3, 1, 0x11, 0])),
      'its frame header does not have the length that it must have',
    ],
    'JPEG: no height': [jpeg(frame(0xc0, 8, 30, 0, 3)), 'its header gives a size of 30×0'],
    'WEBP: no key frame': [
      webp(riffChunk('VP8 ', new Uint8Array(10))),
      'its VP8 chunk does not begin with a key frame',
    ],
    'WEBP: no width': [
      webp(riffChunk('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 20, 0])),
      'its header gives a size of 0×20',
    ],
    'WEBP: another signature': [
      webp(riffChunk('VP8L', [0x2e, 29, 0xc0, 4, 0, 0, 0, 0])),
      'its VP8L chunk does not begin with the signature of version 0',
    ],
    'WEBP: another version': [
      webp(riffChunk('VP8L', [0x2f, 29, 0xc0, 4, 0x80, 0, 0, 0])),
      'its VP8L chunk does not begin with the signature of version 0',
    ],
    'WEBP: an extended header of another length': [
      webp(riffChunk('VP8X', new Uint8Array(12))),
      'its VP8X chunk does not have the length that it must have',
    ],
    'WEBP: a first chunk that is longer than the file says': [
      change(webp(riffChunk('VP8L', [0x2f, 29, 0xc0, 4, 0, 0, 0, 0])), 4, 12),
      'its first chunk is longer than the whole file',
    ],
    'WEBP: a later chunk that is longer than the file says': [
      change(webp(vp8x(0x08), riffChunk('EXIF', new Uint8Array(8))), 34, 9),
      'its chunk at byte 30 is longer than the file',
    ],
  };
  for (const [name, [bytes, problem]] of Object.entries(cases)) {
    it(`finds of a ${name}`, () => {
      assert.equal(identify(bytes).problem, problem);
    });
  }

  it('tells of a JPEG that it is coded as few decoders know', () => {
    const codings = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc7, 0xc9, 0xcf].map(
      (marker) => identify(jpeg(frame(marker, 8, 30, 20, 3))).coding,
    );
    const usual = [undefined, undefined, undefined];
    const unusual = ['lossless', 'hierarchical', 'hierarchical', 'arithmetic', 'arithmetic'];
    assert.deepEqual(codings, [...usual, ...unusual]);
  });
});

describe('identifyImage of other colours in PNG', () => {
  for (const colorMode of ['grey', 'grey-alpha', 'palette', 'rgb', 'rgba'] as const) {
    it(`tells ${colorMode}`, () => {
      assert.equal(identify(makeImage('png', 5, 5, { colorMode })).colorMode, colorMode);
    });
  }

  it('tells 16 bits per sample', () => {
    assert.equal(identify(makeImage('png', 5, 5, { bitsPerSample: 16 })).bitsPerSample, 16);
  });

  it('leaves out what no PNG file can have, and says that it is wrong', () => {
    const facts = identify(png(ihdr(0, 5, 99, 1)));
    assert.deepEqual(Object.keys(facts), ['format', 'byteLength', 'problem', 'isTruncated']);
  });
});

describe('identifyImage of the layouts of WEBP', () => {
  it('tells alpha in a lossless image', () => {
    assert.equal(identify(makeImage('webp', 30, 20, { colorMode: 'rgba' })).colorMode, 'rgba');
  });

  it('tells the size of a lossless file of 28 bytes, as short as they get', () => {
    const facts = identify(webp(riffChunk('VP8L', [0x2f, 29, 0xc0, 4, 0, 0, 0, 0])));
    assert.deepEqual(facts, { format: 'webp', byteLength: 28, width: 30, height: 20, ...rgb });
  });

  it('tells the size of a lossy image apart from the scaling in the upper bits', () => {
    const frameHeader = [0, 0, 0, 0x9d, 0x01, 0x2a, 30, 0x40, 20, 0xc0];
    assert.deepEqual(sizeOf(webp(riffChunk('VP8 ', frameHeader))), [30, 20]);
  });

  it('finds EXIF behind a chunk of odd length', () => {
    const extended = riffChunk('VP8X', [0x08, 0, 0, 0, 29, 0, 0, 19, 0, 0]);
    const exif = latin1('II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x05\0\0\0');
    const bytes = webp(extended, riffChunk('VP8L', [0x2f, 0, 0]), riffChunk('EXIF', exif));
    assert.equal(identify(bytes).orientation, 5);
  });

  it('knows no more than the format of another layout', () => {
    const facts = identify(webp(riffChunk('VP9 ', new Uint8Array(20))));
    const problem = 'its first chunk is no VP8, VP8L or VP8X chunk';
    assert.deepEqual(facts, { format: 'webp', byteLength: 40, problem, isTruncated: false });
  });
});

describe('identifyImage reads', () => {
  it('4,096 bytes of either end of a large image', () => {
    const bytes = makeImage('png', 300, 200, { byteLength: 10_000_000 });
    const { source, reads } = watched(bytes);
    assert.equal(identifyImage(source).isTruncated, false);
    assert.deepEqual(reads, ['head 4096', 'tail 4096']);
  });

  it('longer heads, each at least four times as long, when metadata comes first', () => {
    const bytes = jpeg(
      ...Array.from({ length: 3 }, () => segment(0xe2, new Uint8Array(60_000))),
      frame(0xc0, 8, 30, 20, 3),
    );
    const { source, reads } = watched(bytes);
    assert.equal(identifyImage(source).width, 30);
    assert.deepEqual(reads, ['head 4096', 'head 64106', `head ${bytes.length}`, 'tail 4096']);
  });

  it('longer tails when something follows the image', () => {
    const { source, reads } = watched(makeImage('jpeg', 9, 9, { byteLength: 3_000_000 }));
    assert.equal(identifyImage(source).isTruncated, false);
    assert.deepEqual(reads, [
      'head 4096',
      'tail 4096',
      'tail 65536',
      'tail 1048576',
      'tail 16777216',
    ]);
  });

  it('no longer head when even the longest would not hold what is missing', () => {
    const bytes = png(ihdr(5, 5), chunk('iCCP', new Uint8Array(2_000_000)), chunk('IDAT', []));
    const { source, reads } = watched(bytes);
    assert.equal(identifyImage(source, 0x100000).width, 5);
    assert.deepEqual(reads, ['head 4096', 'tail 4096']);
  });

  it('to an end even if the source gives less than it promised', () => {
    const given = makeImage('jpeg', 9, 9).subarray(0, 50);
    const source = { byteLength: 20_000_000, head: () => given, tail: () => given };
    assert.equal(identifyImage(source).isTruncated, true);
  });
});

function identify(bytes: Uint8Array): ImageFacts {
  return identifyImage(bytesSource(bytes));
}

function sizeOf(bytes: Uint8Array): (number | undefined)[] {
  const { width, height } = identify(bytes);
  return [width, height];
}

/** A source that notes what is asked of it. */
function watched(bytes: Uint8Array): { source: ByteSource; reads: string[] } {
  const reads: string[] = [];
  const unwatched = bytesSource(bytes);
  const source: ByteSource = {
    byteLength: bytes.length,
    head(length) {
      reads.push(`head ${length}`);
      return unwatched.head(length);
    },
    tail(length) {
      reads.push(`tail ${length}`);
      return unwatched.tail(length);
    },
  };
  return { source, reads };
}

function jpeg(...segments: ArrayLike<number>[]): Uint8Array {
  return join([0xff, 0xd8], [0xff, 0xfe, 0, 2], ...segments, [0xff, 0xda], [0xff, 0xd9]);
}

function segment(marker: number, content: ArrayLike<number>): Uint8Array {
  const length = content.length + 2;
  return join([0xff, marker, length >> 8, length & 0xff], content);
}

function frame(marker: number, bits: number, width: number, height: number, components: number) {
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  return segment(marker, [bits, ...size, components, ...new Uint8Array(3 * components)]);
}

function png(...chunks: ArrayLike<number>[]): Uint8Array {
  const end = [0, 0, 0, 0, ...latin1('IEND'), 0xae, 0x42, 0x60, 0x82];
  return join(latin1('\x89PNG\r\n\x1a\n'), ...chunks, end);
}

/** With the byte at `at` replaced. */
function change(bytes: Uint8Array, at: number, value: number): Uint8Array {
  return bytes.with(at, value);
}

function ihdr(width: number, height: number, bits = 8, colorType = 2, interlace = 0): Uint8Array {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bits, colorType, 0, 0, interlace], 8);
  return chunk('IHDR', data);
}

function chunk(type: string, data: ArrayLike<number>): Uint8Array {
  const [length, checkSum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  const body = join(latin1(type), data);
  checkSum.writeUInt32BE(crc32(body));
  return join(length, body, checkSum);
}

function webp(...chunks: ArrayLike<number>[]): Uint8Array {
  return riffChunk('RIFF', join(latin1('WEBP'), ...chunks));
}

function riffChunk(type: string, data: ArrayLike<number>): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return join(latin1(type), length, data, data.length % 2 === 1 ? [0] : []);
}

function webpExtended(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(makeImage('webp', 1, 1, { orientation: 1 }));
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes;
}

function latin1(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function join(...parts: ArrayLike<number>[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
}
