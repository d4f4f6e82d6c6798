import { countOf } from '../finding/words.ts';
import type { ScreeningHint } from '../image/learntImages.ts';
import { formatCount } from '../text/formatCount.ts';

/** How a forecast turned out, each picture counted as often as it stands in a file. */
export interface ForecastCounts {
  readonly images: number;
  readonly likelySkipped: number;
  readonly withFaces: number;
  readonly captchas: number;
  /** On the web: their bytes are not here. */
  readonly notLookedAt: number;
}

export const noForecast: ForecastCounts = {
  images: 0,
  likelySkipped: 0,
  withFaces: 0,
  captchas: 0,
  notLookedAt: 0,
};

/** Adds a picture to the counts; `hints` is what `forecastImage` gave. */
export function addForecast(
  counts: ForecastCounts,
  hints: readonly ScreeningHint[] | undefined,
): ForecastCounts {
  const has = (kind: ScreeningHint['kind']): number =>
    hints?.some((hint) => hint.kind === kind) ? 1 : 0;
  return {
    images: counts.images + 1,
    likelySkipped: counts.likelySkipped + (hints && hints.length > 0 ? 1 : 0),
    withFaces: counts.withFaces + has('face'),
    captchas: counts.captchas + has('captcha'),
    notLookedAt: counts.notLookedAt + (hints ? 0 : 1),
  };
}

/**
 * One line, without a full stop: `3 of 340 images are likely to be skipped (faces 2, CAPTCHA 1), 20 on the web were not
 * looked at; the service decides`.
 */
export function describeForecast(counts: ForecastCounts): string {
  const { images, likelySkipped, withFaces, captchas, notLookedAt } = counts;
  if (images === 0) return 'there is no image to forecast';
  const kinds = [
    withFaces > 0 && `faces ${formatCount(withFaces)}`,
    captchas > 0 && `CAPTCHA ${formatCount(captchas)}`,
  ].filter(Boolean);
  const verb = likelySkipped === 1 || images === 1 ? 'is' : 'are';
  const reasons = kinds.length > 0 ? ` (${kinds.join(', ')})` : '';
  const found = `${formatCount(likelySkipped)} of ${countOf(images, 'image')} ${verb} likely to be skipped${reasons}`;
  const left =
    notLookedAt > 0 &&
    `${formatCount(notLookedAt)} on the web ${notLookedAt === 1 ? 'was' : 'were'} not looked at`;
  return `${[found, left].filter(Boolean).join(', ')}; the service decides`;
}
