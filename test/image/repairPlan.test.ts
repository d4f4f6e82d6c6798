import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { planRepair, quietImageBytes, type RepairOptions } from '../../core/image/repairPlan.ts';

const options = { maxBytes: 10_000_000 };
const picture = { byteLength: 100_000, width: 640, height: 480, isTruncated: false } as const;

function words(facts: Partial<ImageFacts>, more: Partial<RepairOptions> = {}): string | undefined {
  return planRepair({ format: 'png', ...picture, ...facts }, { ...options, ...more })?.words;
}

function ways(facts: Partial<ImageFacts>, more: Partial<RepairOptions> = {}): string[] {
  const plan = planRepair({ format: 'png', ...picture, ...facts }, { ...options, ...more });
  assert.ok(plan?.kind === 'plan');
  const list = ({ opaque, transparent }: typeof plan): string[] =>
    [opaque, transparent].map((encodings) =>
      encodings
        .map(({ format, quality, fit }) => [format, quality, fit].filter(Boolean).join(' '))
        .join(', '),
    );
  return list(plan);
}

describe('the plan of a repair', () => {
  const cases: readonly [facts: Partial<ImageFacts>, words: string | undefined][] = [
    [{ colorMode: 'rgb' }, undefined],
    [{ colorMode: 'rgba', bitsPerSample: 16 }, undefined],
    [{ format: 'jpeg', colorMode: 'grey' }, 'greyscale JPEG → RGB JPEG'],
    [{ format: 'jpeg', colorMode: 'cmyk' }, 'CMYK JPEG → RGB JPEG'],
    [{ colorMode: 'palette' }, 'palette PNG → RGB or RGBA PNG'],
    [{ colorMode: 'grey-alpha' }, 'greyscale with alpha PNG → RGB or RGBA PNG'],
    [{ colorMode: 'grey', bitsPerSample: 16 }, '16-bit greyscale PNG → RGB or RGBA PNG'],
    [{ format: 'jpeg', colorMode: 'rgb', coding: 'arithmetic' }, 'arithmetic RGB JPEG → RGB JPEG'],
    [{ format: 'jpeg', colorMode: 'rgb', bitsPerSample: 12 }, '12-bit RGB JPEG → RGB JPEG'],
    [{ format: 'gif' }, 'GIF → RGB or RGBA PNG of its first frame'],
    [
      { format: 'jpeg', colorMode: 'grey', frames: 2 },
      'greyscale JPEG → RGB JPEG of its first picture',
    ],
    [{ format: 'bmp' }, 'BMP → RGB or RGBA PNG'],
    [{ format: 'tiff' }, 'TIFF → RGB or RGBA PNG'],
    [{ format: 'avif' }, 'AVIF → RGB JPEG or RGBA PNG'],
    [{ colorMode: 'rgb', byteLength: 13_600_000 }, 'oversized RGB PNG → RGB JPEG of at most 10 MB'],
    [
      { colorMode: 'rgba', byteLength: 13_600_000 },
      'oversized RGBA PNG → RGB JPEG or RGBA WEBP of at most 10 MB',
    ],
    [{ format: 'jpeg', colorMode: 'cmyk', orientation: 6 }, 'turned CMYK JPEG → RGB JPEG'],
  ];
  for (const [facts, expected] of cases) {
    const { format = 'png', colorMode = '', bitsPerSample = '', byteLength = '' } = facts;
    it(`says of ${[byteLength, bitsPerSample, colorMode, format].join(' ').trim()}: ${expected ?? 'nothing'}`, () => {
      assert.equal(words(facts), expected);
    });
  }

  const refused: readonly [facts: Partial<ImageFacts>, words: string][] = [
    [{ format: 'heic' }, 'HEIC cannot be converted here; export it as JPEG'],
    [{ format: 'svg' }, 'SVG cannot be converted here; export it as PNG'],
    [{ format: 'html' }, 'HTML cannot be converted here; this is a page, save the image itself'],
    [
      { format: 'jpeg', isTruncated: true },
      'the end of this JPEG is missing; put the original in again',
    ],
    [
      { problem: 'the check sum of its IHDR chunk is wrong' },
      'this PNG is damaged: the check sum of its IHDR chunk is wrong; put the original in again',
    ],
    [
      { format: undefined },
      'an image in no known format cannot be repaired; put the original in again',
    ],
    [{ byteLength: 0 }, 'an image without bytes cannot be repaired; put the original in again'],
  ];
  for (const [facts, expected] of refused) {
    it(`refuses: ${expected}`, () => {
      assert.equal(words(facts), expected);
      assert.equal(planRepair({ format: 'png', ...picture, ...facts }, options)?.kind, 'refusal');
    });
  }

  it('keeps the format before it makes the picture smaller, in bytes and then in pixels', () => {
    assert.deepEqual(ways({ colorMode: 'palette' }), [
      'png, jpeg 92, jpeg 92 2048',
      'png, webp 92, webp 92 2048',
    ]);
    assert.deepEqual(ways({ format: 'jpeg', colorMode: 'grey' }), [
      'jpeg 92, jpeg 92 2048',
      'png, webp 92, webp 92 2048',
    ]);
  });

  it('does not try again in the same format what is too large in it', () => {
    const large = { colorMode: 'rgba', byteLength: 13_600_000 } as const;
    assert.deepEqual(ways(large), ['jpeg 92, jpeg 92 2048', 'webp 92, webp 92 2048']);
  });

  it('tries to keep each pixel first where that is wanted', () => {
    const large = { colorMode: 'rgb', byteLength: 13_600_000 } as const;
    assert.deepEqual(ways(large, { isLossless: true }), [
      'webp, webp 2048, jpeg 92, jpeg 92 2048',
      'webp, webp 2048, webp 92, webp 92 2048',
    ]);
  });

  it('leaves turned and animated pictures alone unless asked', () => {
    const turned = { format: 'jpeg', colorMode: 'rgb', orientation: 6 } as const;
    assert.equal(words(turned), undefined);
    assert.equal(words(turned, { turnsUpright: true }), 'turned RGB JPEG → RGB JPEG');
    const animated = { colorMode: 'rgb', isAnimated: true } as const;
    assert.equal(words(animated), undefined);
    const still = 'animated RGB PNG → RGB PNG of its first frame';
    assert.equal(words(animated, { stopsAnimation: true }), still);
  });

  it('keeps clear of both ways to read 10 MB', () => {
    const both = { maxImageBytes: 10_485_760, warnImageBytes: 10_000_001 };
    assert.equal(quietImageBytes(both), 10_000_000);
    assert.equal(quietImageBytes({ ...both, maxImageBytes: 5 }), 5);
  });
});
