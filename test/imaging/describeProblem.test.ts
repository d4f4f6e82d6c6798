import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeProblem } from '../../imaging/describeProblem.ts';

describe('describeProblem', () => {
  const cases: [message: string, cause: string][] = [
    ['VipsJpeg: premature end of JPEG image', 'premature end of JPEG image'],
    ['Warning treated as error due to failOn setting\nPLTE: CRC error', 'PLTE: CRC error'],
    ['webp2vips: unable to read pixels', 'unable to read pixels'],
    ['Input buffer has corrupt header: webp: unable to parse image', 'unable to parse image'],
    [
      'webp2vips: unable to read pixels\nvips2png: unable to write to target target',
      'unable to read pixels',
    ],
    ['vips2png: unable to write to target target', 'its data is damaged'],
    ['vipspng: libpng read error', 'its data is damaged'],
    ['Input buffer has corrupt header:', 'its data is damaged'],
  ];
  for (const [message, cause] of cases) {
    it(`tells the cause and no names of libraries: ${JSON.stringify(message)}`, () => {
      assert.equal(describeProblem(new Error(message)), cause);
    });
  }
});
