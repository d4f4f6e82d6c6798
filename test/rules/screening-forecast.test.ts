import { describe, it } from 'node:test';
import type { ScreeningHint } from '../../core/image/learntImages.ts';
import { checkRule, noFinding } from '../helpers/checkRule.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { notedPicture, pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'screening-forecast';
const address = 'https://example.com/a.png';
const face = (confidence?: number): ScreeningHint => ({
  kind: 'face',
  ...(confidence !== undefined && { confidence }),
});

function note(found: string, severity = 'hint'): string {
  return `${severity} Image is likely to be skipped: ${found}; the service leaves out people, faces and CAPTCHAs.`;
}

describe(rule, () => {
  it('says nothing without a forecast, or where the forecast found nothing', () => {
    noFinding(pictureRecord(address));
    noFinding(pictureRecord(address), { learnt: { [address]: { likelySkipped: [] } } });
  });

  const cases: [hints: readonly ScreeningHint[], found: string][] = [
    [[face(0.934)], 'a detector sees a face (confidence 0.93)'],
    [[face(0.71), face(0.98)], 'a detector sees 2 faces (confidence up to 0.98)'],
    [[face()], 'a detector sees a face'],
    [[{ kind: 'captcha' }], 'its size and name are those of a CAPTCHA'],
    [
      [face(0.8), { kind: 'captcha' }],
      'a detector sees a face (confidence 0.80), and its size and name are those of a CAPTCHA',
    ],
  ];
  for (const [likelySkipped, found] of cases) {
    it(`hints: ${found}`, () => {
      checkRule(rule, notedPicture(address, note(found)), {
        learnt: { [address]: { likelySkipped } },
      });
    });
  }

  it('hints at a picture in a data URI as well', () => {
    const url = dataUri('png', makeImage('png', 128, 128));
    const learnt = { [url]: { likelySkipped: [face(0.9)] } };
    checkRule(rule, notedPicture(url, note('a detector sees a face (confidence 0.90)')), {
      learnt,
    });
  });

  it('has the severity that the settings give it', () => {
    const learnt = { [address]: { likelySkipped: [face(0.9)] } };
    const fixture = notedPicture(address, note('a detector sees a face (confidence 0.90)', 'info'));
    checkRule(rule, fixture, { learnt, severities: { [rule]: 'info' } });
    noFinding(pictureRecord(address), { learnt, severities: { [rule]: 'off' } });
  });
});
