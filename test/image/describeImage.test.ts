import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeImage, formatBytes } from '../../core/image/describeImage.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';

describe('describeImage', () => {
  const cases: [facts: ImageFacts, line: string][] = [
    [
      { format: 'png', byteLength: 2_340_000, width: 1920, height: 1080, colorMode: 'rgba' },
      'PNG · 1920 × 1080 · 2.3 MB · RGBA',
    ],
    [{ format: 'jpeg', byteLength: 12_000, isTruncated: true }, 'JPEG · 12 kB · cut short'],
    [{ format: 'eps', byteLength: 900 }, 'EPS · 900 bytes'],
    [{ format: 'zip', byteLength: 900 }, 'a ZIP archive · 900 bytes'],
    [
      { format: 'webp', byteLength: 900, width: 8, height: 9, colorMode: 'rgb', isAnimated: true },
      'WEBP · 8 × 9 · 900 bytes · RGB · animated',
    ],
    [
      { format: 'webp', byteLength: 900, isAnimated: true, frames: 1200 },
      'WEBP · 900 bytes · 1,200 frames',
    ],
    [
      { format: 'jpeg', byteLength: 900, isAnimated: false, frames: 2 },
      'JPEG · 900 bytes · 2 pictures',
    ],
    [
      { format: 'png', byteLength: 900, colorMode: 'rgb', bitsPerSample: 16 },
      'PNG · 900 bytes · RGB · 16 bits',
    ],
    [
      { format: 'png', byteLength: 900, colorMode: 'grey', bitsPerSample: 1 },
      'PNG · 900 bytes · greyscale · 1 bit',
    ],
    [{ format: 'jpeg', byteLength: 900, orientation: 6 }, 'JPEG · 900 bytes · turned 90° by EXIF'],
    [{ format: 'jpeg', byteLength: 900, coding: 'arithmetic' }, 'JPEG · 900 bytes · arithmetic'],
    [{ format: 'png', byteLength: 900, problem: 'it has no end' }, 'PNG · 900 bytes · damaged'],
    [{ format: undefined, byteLength: 0 }, 'unknown format · 0 bytes'],
  ];
  for (const [facts, line] of cases) {
    it(`gives "${line}"`, () => {
      assert.equal(describeImage(facts), line);
    });
  }
});

describe('formatBytes', () => {
  const cases: [byteLength: number, text: string][] = [
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [1049, '1 kB'],
    [1050, '1.1 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1 MB'],
    [10_485_760, '10.5 MB'],
    [536_870_912, '536.9 MB'],
    [999_950_000, '1 GB'],
    [12_345_678_901, '12.3 GB'],
    [1_234_567_890_123, '1,234.6 GB'],
  ];
  for (const [byteLength, text] of cases) {
    it(`writes ${byteLength} as ${text}`, () => {
      assert.equal(formatBytes(byteLength), text);
    });
  }
});
