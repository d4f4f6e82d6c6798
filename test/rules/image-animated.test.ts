import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';
import { notedPicture, pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'image-animated';
const rest = 'whether the service takes it, and which picture, is not documented.';
const address = 'https://example.com/a.jpg';
const facts = { byteLength: 900, width: 300, height: 200, colorMode: 'rgb' } as const;

describe(rule, () => {
  it('accepts still images', () => {
    for (const format of ['png', 'jpeg', 'webp']) noFinding(pictureRecord(`$image(${format} 8x8)`));
  });

  for (const format of ['png', 'webp']) {
    it(`hints at an animated ${format} and counts its frames`, () => {
      const note = `hint Image is an animated ${format.toUpperCase()} of 2 frames; ${rest}`;
      checkRule(rule, notedPicture(`$image(${format} 8x8 isAnimated=true)`, note));
    });
  }

  it('hints at an animation that is too long for its frames to be counted', () => {
    const learnt = { [address]: { facts: { ...facts, format: 'webp', isAnimated: true } } };
    checkRule(rule, notedPicture(address, `hint Image is an animated WEBP; ${rest}`), { learnt });
  });

  it('hints at a JPEG with several pictures', () => {
    const learnt = { [address]: { facts: { ...facts, format: 'jpeg', frames: 2 } } };
    const note = `hint Image is a JPEG with 2 pictures in it; ${rest}`;
    checkRule(rule, notedPicture(address, note), { learnt });
  });

  it('has the severity that the settings give it', () => {
    const url = '$image(png 8x8 isAnimated=true)';
    const note = `warning Image is an animated PNG of 2 frames; ${rest}`;
    checkRule(rule, notedPicture(url, note), { severities: { [rule]: 'warning' } });
    noFinding(pictureRecord(url), { severities: { [rule]: 'off' } });
  });
});
