import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dataUriSource, decodeDataUri, parseDataUri } from '../../core/image/dataUri.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';

describe('parseDataUri', () => {
  const png = { mediaType: 'image/png', isBase64: true, isSeekable: true };
  const cases: Record<string, [url: string, payloadStart: number, bytes: string, rest: object]> = {
    base64: ['data:image/png;base64,aGVsbG8h', 22, 'hello!', png],
    'one padding character': ['data:image/png;base64,aGVsbG8=', 22, 'hello', png],
    'two padding characters': ['data:image/png;base64,aGVsbA==', 22, 'hell', png],
    'missing padding': ['data:image/png;base64,aGVsbA', 22, 'hell', png],
    'no payload': ['data:image/png;base64,', 22, '', png],
    'upper case': ['DATA:IMAGE/PNG;BASE64,aGVs', 22, 'hel', png],
    'another parameter': ['data:image/png;charset=utf-8;base64,aGVs', 36, 'hel', png],
    'spaces around': ['data: image/png ; base64 ,aGVs', 26, 'hel', png],
    'no media type': ['data:;base64,aGVs', 13, 'hel', { ...png, mediaType: '' }],
    'three padding characters': ['data:image/png;base64,aGVsbG8h===', 22, 'hello!', png],
    'a foreign character': [
      'data:image/png;base64,aGVs!bG8h',
      22,
      'hello!',
      { ...png, isSeekable: false },
    ],
    'padding before the end': [
      'data:image/png;base64,aGVsbA==bG8h',
      22,
      'hell',
      { ...png, isSeekable: false },
    ],
    'the URL-safe alphabet': ['data:image/png;base64,-_-_', 22, '\xfb\xff\xbf', png],
    'line breaks': [
      'data:image/png;base64,aGVs\r\nbG8h\n',
      22,
      'hello!',
      { ...png, isSeekable: false },
    ],
    'a line break far from either end': [
      `data:image/png;base64,${'aGVs'.repeat(5000)}\n${'aGVs'.repeat(5000)}`,
      22,
      'hel'.repeat(10_000),
      { ...png, isSeekable: false },
    ],
    'percent-encoded padding': [
      'data:image/png;base64,aGVsbG8%3D',
      22,
      'hello',
      { ...png, isSeekable: false },
    ],
    'a percent-encoded text': [
      'data:image/svg+xml,%3Csvg%3e%C3%A9 é 100%',
      19,
      Buffer.from('<svg>é é 100%').toString('latin1'),
      { mediaType: 'image/svg+xml', isBase64: false, isSeekable: false },
    ],
    'a parameter that only starts like base64': [
      'data:text/plain;base64=no,aGVs',
      26,
      'aGVs',
      { mediaType: 'text/plain', isBase64: false, isSeekable: false },
    ],
  };
  for (const [what, [url, payloadStart, bytes, rest]] of Object.entries(cases)) {
    it(`takes apart a URI with ${what}`, () => {
      const uri = parseDataUri(url);
      assert.ok(uri);
      const digits =
        /^[\w+/-]*/.exec(uri.isBase64 ? url.slice(payloadStart) : '')?.[0].length ?? NaN;
      const digitsEnd = payloadStart + digits;
      assert.deepEqual(uri, { payloadStart, digitsEnd, byteLength: bytes.length, ...rest });
      assert.equal(Buffer.from(decodeDataUri(url, uri)).toString('latin1'), bytes);
    });
  }

  for (const url of [
    '',
    'data:',
    'data:image/png;base64',
    'https://example.com/data:,x',
    ' data:,x',
  ]) {
    it(`is undefined for ${JSON.stringify(url)}`, () => {
      assert.equal(parseDataUri(url), undefined);
    });
  }

  it('looks for the comma in the first 1,000 characters only', () => {
    assert.equal(parseDataUri(`data:${'a'.repeat(994)},x`)?.payloadStart, 1000);
    assert.equal(parseDataUri(`data:${'a'.repeat(995)},x`), undefined);
  });
});

describe('dataUriSource', () => {
  it('gives the same head and tail as the decoded bytes, at every length', () => {
    const anyPayload = fc.tuple(fc.uint8Array({ maxLength: 50 }), fc.nat(60), fc.boolean());
    fc.assert(
      fc.property(anyPayload, ([bytes, length, isPadded]) => {
        const padded = dataUri('png', bytes);
        const url = isPadded ? padded : padded.replace(/=+$/, '');
        const uri = parseDataUri(url);
        assert.ok(uri);
        const source = dataUriSource(url, uri);
        assert.equal(source.byteLength, bytes.length);
        assert.deepEqual([...source.head(length)], [...bytes.subarray(0, length)]);
        assert.deepEqual(
          [...source.tail(length)],
          [...bytes.subarray(Math.max(0, bytes.length - length))],
        );
      }),
      { numRuns: 5_000, seed: 3 },
    );
  });

  it('identifies an image written with line breaks', () => {
    const url = dataUri('png', makeImage('png', 300, 200, { byteLength: 20_000 }));
    const broken = url.replaceAll(/.{76}/g, '$&\r\n');
    const uri = parseDataUri(broken);
    assert.ok(uri);
    const { width, byteLength, isTruncated } = identifyImage(dataUriSource(broken, uri));
    assert.deepEqual(
      { width, byteLength, isTruncated },
      { width: 300, byteLength: 20_000, isTruncated: false },
    );
  });

  it('decodes only what it returns, of 13 MB', () => {
    const url = dataUri('png', makeImage('png', 300, 200, { byteLength: 10_000_000 }));
    const uri = parseDataUri(url);
    assert.ok(uri);
    const source = dataUriSource(url, uri);
    const own = [source.head(100), source.tail(100)].map(({ buffer }) => buffer.byteLength);
    assert.ok(Math.max(...own) < 100_000, `${own.join()} bytes for 100`);
  });

  it('counts only the bytes that a decoder finds in what is not base64 throughout', () => {
    const bytes = makeImage('png', 300, 200, { byteLength: 9_000 });
    const whole = dataUri('png', bytes);
    const url = `${whole.slice(0, 6000)}!*!${whole.slice(6000)}`;
    const uri = parseDataUri(url);
    assert.ok(uri);
    const { byteLength, width, isTruncated } = identifyImage(dataUriSource(url, uri));
    assert.deepEqual(
      { byteLength, width, isTruncated },
      { byteLength: 9_000, width: 300, isTruncated: false },
    );
  });
});

describe('decodeDataUri', () => {
  it('returns an array that owns its memory', () => {
    const url = 'data:image/png;base64,aGVsbG8h';
    const uri = parseDataUri(url);
    assert.ok(uri);
    const bytes = decodeDataUri(url, uri);
    assert.equal(bytes.buffer.byteLength, 6);
  });
});
