import { describe, it } from 'node:test';
import { checkRule } from '../helpers/checkRule.ts';
import { notedPicture, pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'image-low-resolution';

function note(size: string, limit = '100'): string {
  return `info Image has ${size} pixels, the shorter side fewer than ${limit}; a model sees little on it.`;
}

describe(rule, () => {
  it('accepts 100 pixels on the shorter side, and reports 99 on either', () => {
    checkRule(rule, pictureRecord('$image(png 100x400)'));
    checkRule(rule, notedPicture('$image(png 99x400)', note('99×400')));
    checkRule(rule, notedPicture('$image(jpeg 400x99)', note('400×99')));
  });

  it('says nothing of an address until its image is known', () => {
    const address = 'https://example.com/icon.png';
    const facts = {
      format: 'png',
      byteLength: 90,
      width: 16,
      height: 16,
      colorMode: 'rgb',
    } as const;
    checkRule(rule, pictureRecord(address));
    checkRule(rule, notedPicture(address, note('16×16')), { learnt: { [address]: { facts } } });
  });

  it('leaves images that are skipped for another reason alone', () => {
    checkRule(rule, pictureRecord('$image(gif 8x8)'), { alongside: ['image-format'] });
  });

  it('goes by the limit of the settings, and by none where that is 0', () => {
    const url = '$image(png 200x200)';
    const limits = { minShortSide: 1024 };
    checkRule(rule, notedPicture(url, note('200×200', '1,024')), { limits });
    checkRule(rule, pictureRecord('$image(png 1x1)'), { limits: { minShortSide: 0 } });
  });

  it('has the severity that the settings give it', () => {
    const fixture = notedPicture('$image(png 8x8)', note('8×8').replace('info', 'warning'));
    checkRule(rule, fixture, { severities: { [rule]: 'warning' } });
    checkRule(rule, pictureRecord('$image(png 8x8)'), { severities: { [rule]: 'off' } });
  });
});
