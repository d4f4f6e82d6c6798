import { describe, it } from 'node:test';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { checkRule, noFinding } from '../helpers/checkRule.ts';
import { notedPicture, pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'image-color-mode';
const skips = 'the service takes RGB or RGBA and skips this example.';
const maySkip = 'the service takes RGB or RGBA and may skip this example.';
const address = 'https://example.com/a.jpg';

describe(rule, () => {
  for (const image of ['jpeg 8x8', 'png 8x8', 'png 8x8 bitsPerSample=16', 'webp 8x8'])
    it(`accepts RGB: ${image}`, () => {
      noFinding(pictureRecord(`$image(${image})`));
    });

  for (const image of ['png 8x8', 'png 8x8 bitsPerSample=16', 'webp 8x8'])
    it(`accepts RGBA: ${image}`, () => {
      noFinding(pictureRecord(`$image(${image} colorMode=rgba)`));
    });

  const wrong: Record<string, string> = {
    'jpeg 8x8 colorMode=grey': 'is greyscale',
    'jpeg 8x8 colorMode=cmyk': 'is CMYK',
    'png 8x8 colorMode=grey': 'is greyscale',
    'png 8x8 colorMode=grey bitsPerSample=16': 'is greyscale',
    'png 8x8 colorMode=grey-alpha': 'is greyscale with alpha',
    'png 8x8 colorMode=palette': 'has a palette',
  };
  for (const [image, what] of Object.entries(wrong)) {
    it(`reports that an image ${what}: ${image}`, () => {
      checkRule(rule, notedPicture(`$image(${image})`, `error Image ${what}; ${skips}`));
    });
  }

  it('warns of greyscale with alpha of 16 bits, which decoders see in two ways', () => {
    const what = 'is 16-bit greyscale with alpha, which some decoders open as RGBA';
    const url = '$image(png 8x8 colorMode=grey-alpha bitsPerSample=16)';
    checkRule(rule, notedPicture(url, `warning Image ${what}; ${maySkip}`));
  });

  const unusual: [facts: Partial<ImageFacts>, note: string][] = [
    [
      { colorMode: 'rgb', bitsPerSample: 12 },
      `warning Image is a JPEG of 12 bits a sample, which few decoders open; ${maySkip}`,
    ],
    [
      { colorMode: 'rgb', coding: 'lossless' },
      `warning Image is a JPEG with lossless coding, which few decoders open; ${maySkip}`,
    ],
    [
      { colorMode: 'rgb', coding: 'arithmetic' },
      `warning Image is a JPEG with arithmetic coding, which few decoders open; ${maySkip}`,
    ],
    [{ colorMode: 'cmyk', coding: 'arithmetic' }, `error Image is CMYK; ${skips}`],
    [{}, `error Image has neither 1, 3 nor 4 colours; ${skips}`],
  ];
  for (const [facts, note] of unusual) {
    it(`reports of an unusual JPEG: ${note}`, () => {
      const learnt = { [address]: { facts: { ...jpegFacts, ...facts } } };
      checkRule(rule, notedPicture(address, note), { learnt });
    });
  }

  it('says nothing of a JPEG whose frame lies too far behind to be read, nor of an address nobody looked up', () => {
    const learnt = { [address]: { facts: { format: 'jpeg', byteLength: 5_000_000 } } };
    noFinding(pictureRecord(address), { learnt });
    noFinding(pictureRecord(address));
  });

  it('leaves other formats to image-format, and what is damaged to image-corrupt', () => {
    checkRule(rule, pictureRecord('$image(gif 8x8)'), { alongside: ['image-format'] });
    const facts = { ...jpegFacts, problem: 'it has no frame header' };
    const learnt = { [address]: { facts } };
    checkRule(rule, pictureRecord(address), { learnt, alongside: ['image-corrupt'] });
  });

  it('has the severity that the settings give it', () => {
    const url = '$image(png 8x8 colorMode=grey)';
    const severities = { [rule]: 'hint' } as const;
    checkRule(rule, notedPicture(url, `hint Image is greyscale; ${skips}`), { severities });
    noFinding(pictureRecord(url), { severities: { [rule]: 'off' } });
  });
});

const jpegFacts: ImageFacts = { format: 'jpeg', byteLength: 5000, width: 300, height: 200 };
