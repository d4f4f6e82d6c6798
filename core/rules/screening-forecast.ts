import type { ScreeningHint } from '../image/learntImages.ts';
import { placeOf } from '../record/example.ts';
import { formatCount } from '../text/formatCount.ts';
import type { ImageRule } from './rule.ts';

export const screeningForecast: ImageRule = {
  id: 'screening-forecast',
  summary: 'An image shows nothing that screening is likely to leave it out for.',
  // How the services screen is not known: a forecast is never more than a hint.
  severity: 'hint',
  forecastsSkip: true,
  scope: 'image',
  *check({ image, learnt }) {
    const found = describe(learnt?.likelySkipped ?? []);
    if (found === undefined) return;
    yield {
      span: placeOf(image.url),
      message: `Image is likely to be skipped: ${found}; the service leaves out people, faces and CAPTCHAs.`,
    };
  },
};

function describe(hints: readonly ScreeningHint[]): string | undefined {
  const faces = hints.filter(({ kind }) => kind === 'face');
  const found = [
    ...(faces.length > 0 ? [describeFaces(faces)] : []),
    ...(hints.length > faces.length ? ['its size and name are those of a CAPTCHA'] : []),
  ];
  return found.length > 0 ? found.join(', and ') : undefined;
}

/** `a detector sees a face (confidence 0.93)`, `a detector sees 3 faces (confidence up to 0.93)` */
function describeFaces(faces: readonly ScreeningHint[]): string {
  const what = faces.length === 1 ? 'a face' : `${formatCount(faces.length)} faces`;
  const most = Math.max(...faces.map(({ confidence = 0 }) => confidence));
  const upTo = faces.length === 1 ? '' : 'up to ';
  const confidence = most > 0 ? ` (confidence ${upTo}${most.toFixed(2)})` : '';
  return `a detector sees ${what}${confidence}`;
}
