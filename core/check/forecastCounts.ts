import { countOf } from '../finding/words.ts';
import type { ScreeningHint } from '../image/learntImages.ts';
import { formatCount } from '../text/formatCount.ts';

/** How a forecast turned out, each picture counted as often as it stands in a file. */
export interface ForecastCounts {
  readonly images: number;
  readonly likelySkipped: number;
  readonly withFaces: number;
  readonly captchas: number;
  /** On the web, with names that say nothing: their bytes are not here. */
  readonly elsewhere: number;
  /** That could not be looked at. */
  readonly refused: number;
}

/** What was found in a picture, or why nobody looked at it. */
export type ForecastOutcome = readonly ScreeningHint[] | 'elsewhere' | 'refused';

export const noForecast: ForecastCounts = {
  images: 0,
  likelySkipped: 0,
  withFaces: 0,
  captchas: 0,
  elsewhere: 0,
  refused: 0,
};

export function addForecast(counts: ForecastCounts, outcome: ForecastOutcome): ForecastCounts {
  const images = counts.images + 1;
  if (typeof outcome === 'string') return { ...counts, images, [outcome]: counts[outcome] + 1 };
  const has = (kind: ScreeningHint['kind']): number =>
    outcome.some((hint) => hint.kind === kind) ? 1 : 0;
  return {
    ...counts,
    images,
    likelySkipped: counts.likelySkipped + (outcome.length > 0 ? 1 : 0),
    withFaces: counts.withFaces + has('face'),
    captchas: counts.captchas + has('captcha'),
  };
}

/**
 * One line, without a full stop: `3 of 340 images are likely to be skipped (faces 2, CAPTCHA 1), 20 on the web were not
 * looked at; the service decides`.
 */
export function describeForecast(counts: ForecastCounts): string {
  const { images, likelySkipped, withFaces, captchas, elsewhere, refused } = counts;
  if (images === 0) return 'there is no image to look at';
  const kinds = [
    withFaces > 0 && `faces ${formatCount(withFaces)}`,
    captchas > 0 && `CAPTCHA ${formatCount(captchas)}`,
  ].filter(Boolean);
  const verb = likelySkipped === 1 || images === 1 ? 'is' : 'are';
  const parts = [
    `${formatCount(likelySkipped)} of ${countOf(images, 'image')} ${verb} likely to be skipped`,
    kinds.length > 0 && ` (${kinds.join(', ')})`,
    elsewhere > 0 &&
      `, ${formatCount(elsewhere)} on the web ${elsewhere === 1 ? 'was' : 'were'} not looked at`,
    refused > 0 && `, ${formatCount(refused)} could not be looked at`,
    '; the service decides',
  ];
  return parts.filter(Boolean).join('');
}
