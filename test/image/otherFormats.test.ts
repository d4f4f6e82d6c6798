import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { makeImage } from '../helpers/makeImage.ts';

describe('an image in a format that the services do not take', () => {
  for (const format of ['gif', 'bmp'] as const) {
    it(`is named and measured: ${format}`, () => {
      const bytes = makeImage(format, 30, 20);
      assert.deepEqual(identify(bytes), { ...named(format, bytes), width: 30, height: 20 });
    });
  }

  for (const format of ['tiff', 'avif'] as const) {
    it(`is named and measured: ${format}, as an encoder writes it`, async () => {
      const flat = sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } });
      const bytes = await flat.toFormat(format).toBuffer();
      assert.deepEqual(identify(bytes), { ...named(format, bytes), width: 64, height: 48 });
    });
  }

  const drawings: Record<string, [text: string, size: object]> = {
    'by its attributes': ['<svg width="30" height="20"/>', { width: 30, height: 20 }],
    'by its view box': [
      '<?xml version="1.0"?><svg viewBox="0 0 30 20">',
      { width: 30, height: 20 },
    ],
    'not in infinities': ['<svg width="1e999" height="1"/>', {}],
    'not at all': ['\ufeff\n<svg>', {}],
  };
  for (const [how, [text, size]] of Object.entries(drawings)) {
    it(`is named when it is a drawing, and measured ${how}`, () => {
      const bytes = Buffer.from(text);
      assert.deepEqual(identify(bytes), { ...named('svg', bytes), ...size });
    });
  }

  const recognised: Record<string, string> = {
    'a GIF cut after its signature': 'GIF89a',
    'a TIFF whose directory is far away': 'II*\0\xff\xff\xff\0',
    'a BigTIFF whose directory is far away': 'II+\0\x08\0\0\0\xff\xff\xff\0\0\0\0\0',
    'an AVIF image sequence': '\0\0\0\x1cftypavis',
    'an HEIC photograph without its directory': '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
    'a PDF document': '%PDF-1.7\n',
    'an EPS drawing': '%!PS-Adobe-3.0 EPSF-3.0\n',
    'an EPS drawing with a preview': '\xc5\xd0\xd3\xc6\x1e\0\0\0',
    'a ZIP archive': 'PK\x03\x04\x14\0',
    'the XML of an error': '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
    'an SVG drawing after a long comment': `<?xml version="1.0"?><!--${'-'.repeat(2000)}--><svg>`,
    'a page, not the picture it shows': '<!DOCTYPE html><body><svg width="1" height="1"/>',
    'an error page without doctype': '\n <HTML><head>',
  };
  for (const [what, text] of Object.entries(recognised)) {
    it(`is named even if it cannot be measured: ${what}`, () => {
      const format = /html/i.exec(text)
        ? 'html'
        : (/gif|tiff|avif|heic|pdf|eps|zip|xml|svg/i.exec(what)?.[0] ?? '');
      const bytes = Buffer.from(text, 'latin1');
      assert.deepEqual(identify(bytes), named(format.toLowerCase(), bytes));
    });
  }

  it('is measured within its own bytes when these lie in a larger buffer', () => {
    const pool = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([1, 1, 1, 1])]);
    assert.deepEqual(identify(pool.subarray(0, 7)), named('gif', pool.subarray(0, 7)));
  });

  const unknown: Record<string, string> = {
    nothing: '',
    zeros: '\0'.repeat(100),
    text: 'iVBORw0KGgo is how a PNG begins',
    'the start of a JPEG and no more': '\xff\xd8',
    'a start of image that nothing like JPEG follows': `\xff\xd8${'\0'.repeat(100)}`,
    'a start of image and a frame where no decoder looks for it':
      '\xff\xd8\0\0\0\x02\xff\xc0\0\x11\x08\0\x14\0\x1e',
    'a PNG damaged in its signature by a change of line ends': '\x89PNG\n\x1a\n\0\0\0\rIHDR',
    'another RIFF file': 'RIFF\x10\0\0\0WAVEfmt ',
  };
  for (const [what, text] of Object.entries(unknown)) {
    it(`is not named for ${what}`, () => {
      const bytes = Buffer.from(text, 'latin1');
      assert.deepEqual(identify(bytes), named(undefined, bytes));
    });
  }
});

function identify(bytes: Uint8Array): ImageFacts {
  return identifyImage(bytesSource(bytes));
}

function named(format: string | undefined, bytes: Uint8Array): ImageFacts {
  return { format, byteLength: bytes.length };
}
